#include "CSupervisor.h"

#include <unistd.h>

_Noreturn void lanes_supervise(int argc, char **argv) {
  (void)argc;
  (void)argv;
  _exit(2);
}
