// libyaml: what stands in a text of YAML, as a stream of events.
#ifndef LANES_CLIBYAML_H
#define LANES_CLIBYAML_H
#include <yaml.h>
#endif
