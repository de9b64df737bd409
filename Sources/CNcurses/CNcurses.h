// The only place that decides which curses this is.
#ifndef LANES_CNCURSES_H
#define LANES_CNCURSES_H
#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#endif
