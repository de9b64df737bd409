// The only place that decides which curses this is, and where C macros become functions that Swift can call.
#ifndef LANES_CNCURSES_H
#define LANES_CNCURSES_H
// Asks for the wide-character functions. pkg-config would pass it, but SwiftPM drops that flag.
#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#include <wchar.h>

// The attributes are casts inside macros, which Swift does not import.
static inline attr_t lanes_bold(void) { return A_BOLD; }
static inline attr_t lanes_reverse(void) { return A_REVERSE; }
static inline attr_t lanes_underline(void) { return A_UNDERLINE; }

// These are global variables in C, which Swift 6 refuses to read as not safe for concurrency.
static inline int lanes_colors(void) { return COLORS; }
static inline int lanes_color_pairs(void) { return COLOR_PAIRS; }

// By what ncurses counts columns. <wchar.h> declares it where X/Open is asked for, which Swift's module of it is not.
extern int wcwidth(wchar_t);
static inline int lanes_columns(wchar_t character) { return wcwidth(character); }

// tigetstr tells "not a string capability" by a pointer of -1, which Swift would take for a string.
static inline const char *lanes_capability(const char *name) {
  char *text = tigetstr((NCURSES_CONST char *)name);
  return text == (char *)-1 ? NULL : text;
}

// How a terminal is told that a frame begins (1) and ends (2); NULL where its description does not say. The text is good
// until the next call. tiparm is declared in <term.h>, as setupterm.
extern char *tiparm(const char *, ...);
static inline const char *lanes_synchronization(int parameter) {
  const char *text = lanes_capability("Sync");
  return text == NULL ? NULL : tiparm(text, parameter);
}

// Declared in <term.h>, whose macros (`columns`, `lines`, `tab`) are too greedy to be let in.
extern int setupterm(const char *, int, int *);
static inline int lanes_load_description(const char *type, int descriptor) {
  int code = 0;
  return setupterm(type, descriptor, &code);
}
#endif
