#pragma once

/// Runs the supervisor of one execution environment, as `lanes __supervise`; it never returns.
_Noreturn void lanes_supervise(int argc, char **argv);
