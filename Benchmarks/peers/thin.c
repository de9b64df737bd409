// A Lambda runtime that does next to nothing: what an invocation of it takes is what its emulator takes.
//
//   thin [HANDLER_MS [INIT_MS]]     how long its handler and its init sleep
//
// One connection, one write for each request, no parsing beyond what it needs. With STAMP=FILE in its environment it
// writes there when it first asks for an event, in nanoseconds of the monotonic clock.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const char answer[] = "{\"ok\": true}";
static const char id_field[] = "lambda-runtime-aws-request-id:";
static char message[1 << 16];

static void sleep_ms(long ms) {
  struct timespec time = {ms / 1000, ms % 1000 * 1000000};
  if (ms > 0) nanosleep(&time, NULL);
}

static void stamp(void) {
  const char *path = getenv("STAMP");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (!file) return;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  fprintf(file, "%lld\n", now.tv_sec * 1000000000LL + now.tv_nsec);
  fclose(file);
}

static int connect_to(const char *address) {
  char host[64] = "";
  int port = 0, one = 1;
  if (sscanf(address, "%63[^:]:%d", host, &port) != 2) return -1;
  struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_aton(host, &name.sin_addr);
  int connection = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return connect(connection, (struct sockaddr *)&name, sizeof name) ? -1 : connection;
}

// Reads one message whole: its head, and as much as Content-Length says. Ends with the connection.
static void receive(int connection) {
  size_t bytes = 0, wanted = 0;
  while (!wanted || bytes < wanted) {
    ssize_t count = read(connection, message + bytes, sizeof message - 1 - bytes);
    if (count <= 0) exit(0);
    bytes += count;
    message[bytes] = 0;
    char *end = strstr(message, "\r\n\r\n");
    if (!end || wanted) continue;
    char *length = strcasestr(message, "content-length:");
    wanted = end + 4 - message + (length && length < end ? atol(length + 15) : 0);
  }
}

int main(int count, char **words) {
  long handler_ms = count > 1 ? atol(words[1]) : 0;
  sleep_ms(count > 2 ? atol(words[2]) : 0);
  const char *address = getenv("AWS_LAMBDA_RUNTIME_API");
  int connection = address ? connect_to(address) : -1;
  if (connection < 0) return 1;
  char next[256], response[512];
  int next_length = snprintf(
    next, sizeof next, "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: %s\r\n\r\n", address);
  stamp();
  for (;;) {
    if (write(connection, next, next_length) < 0) return 1;
    receive(connection);
    char *id = strcasestr(message, id_field);
    if (!id) return 2;
    id += strlen(id_field);
    id += strspn(id, " ");
    int length = snprintf(
      response, sizeof response,
      "POST /2018-06-01/runtime/invocation/%.36s/response HTTP/1.1\r\nHost: %s\r\nContent-Length: %zu\r\n\r\n%s",
      id, address, strlen(answer), answer);
    sleep_ms(handler_ms);
    if (write(connection, response, length) < 0) return 1;
    receive(connection);
  }
}
