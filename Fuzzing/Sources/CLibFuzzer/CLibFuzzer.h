// The fuzzer that comes with the toolchain, as a library: it calls back with one input after another.
#ifndef LANES_CLIBFUZZER_H
#define LANES_CLIBFUZZER_H
#include <stddef.h>
#include <stdint.h>
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maximum);
#endif
