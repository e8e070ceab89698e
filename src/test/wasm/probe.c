/* One WASI command for the tests: what it does is its first argument.
   clang --target=wasm32-wasi -Os -s -o ../resources/wasm/probe.wasm probe.c */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int fail(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  return 1;
}

static int copy(int from, int to) {
  char buffer[65536];
  ssize_t count;
  while ((count = read(from, buffer, sizeof buffer)) > 0)
    for (ssize_t done = 0; done < count;) {
      ssize_t written = write(to, buffer + done, count - done);
      if (written < 0) return fail("write");
      done += written;
    }
  return count < 0 ? fail("read") : 0;
}

static int show(const char *path) {
  int file = open(path, O_RDONLY);
  return file < 0 ? fail(path) : copy(file, 1);
}

static int list(const char *path) {
  DIR *folder = opendir(path);
  if (!folder) return fail(path);
  for (struct dirent *entry; (entry = readdir(folder));)
    printf("%s%s\n", entry->d_name, entry->d_type == DT_DIR ? "/" : "");
  return closedir(folder);
}

static int save(const char *path, const char *text) {
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (file < 0 || write(file, text, strlen(text)) < 0 || close(file)) return fail(path);
  return 0;
}

static int files(void) {
  struct stat stat_;
  if (mkdir("/made", 0777) || save("/made/a", "one")) return fail("mkdir");
  int file = open("/made/a", O_RDWR | O_APPEND);
  if (file < 0 || write(file, "two", 3) != 3 || lseek(file, 1, SEEK_SET) != 1) return fail("append");
  char part[3] = {0};
  if (read(file, part, 2) != 2 || close(file)) return fail("seek");
  if (rename("/made/a", "/made/b") || symlink("b", "/made/c") || link("/made/b", "/made/d")) return fail("rename");
  if (stat("/made/c", &stat_)) return fail("stat");
  printf("%s %lld %d\n", part, (long long)stat_.st_size, (int)stat_.st_nlink);
  if (unlink("/made/c") || unlink("/made/d") || unlink("/made/b") || rmdir("/made")) return fail("unlink");
  return 0;
}

static int eat(void) {
  static char *volatile block; /* volatile, or nothing of this loop is left */
  while ((block = malloc(1 << 20))) memset(block, 1, 1 << 20);
  return fail("malloc");
}

static uint32_t turn(uint32_t x, int n) { return x >> n | x << (32 - n); }

static void block(uint32_t *h, const uint8_t *p) {
  static uint32_t k[64];
  if (!k[1]) /* the first 32 bits of the fractions of the cube roots of the first 64 primes */
    for (int n = 2, i = 0; i < 64; n++) {
      int prime = 1;
      for (int d = 2; d * d <= n; d++) prime &= n % d != 0;
      if (!prime) continue;
      double root = 1;
      for (int j = 0; j < 80; j++) root -= (root * root * root - n) / (3 * root * root);
      k[i++] = (uint32_t)((root - (int)root) * 4294967296.0);
    }
  uint32_t w[64], s[8];
  for (int i = 0; i < 16; i++) w[i] = p[4 * i] << 24 | p[4 * i + 1] << 16 | p[4 * i + 2] << 8 | p[4 * i + 3];
  for (int i = 16; i < 64; i++)
    w[i] = w[i - 16] + w[i - 7] + (turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3) +
           (turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10);
  memcpy(s, h, 32);
  for (int i = 0; i < 64; i++) {
    uint32_t a = s[7] + (turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + k[i] + w[i];
    uint32_t b = (turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
    memmove(s + 1, s, 28);
    s[4] += a;
    s[0] = a + b;
  }
  for (int i = 0; i < 8; i++) h[i] += s[i];
}

static int sha256(void) {
  uint32_t h[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  static uint8_t buffer[65536 + 128];
  uint64_t total = 0;
  size_t held = 0;
  ssize_t count;
  while ((count = read(0, buffer + held, 65536 - held)) > 0) {
    held += count;
    total += count;
    size_t done = 0;
    for (; held - done >= 64; done += 64) block(h, buffer + done);
    memmove(buffer, buffer + done, held -= done);
  }
  buffer[held++] = 0x80;
  while (held % 64 != 56) buffer[held++] = 0;
  for (int i = 7; i >= 0; i--) buffer[held++] = (uint8_t)(total * 8 >> 8 * i);
  for (size_t done = 0; done < held; done += 64) block(h, buffer + done);
  for (int i = 0; i < 8; i++) printf("%08x", h[i]);
  printf("\n");
  return 0;
}

int main(int count, char **arguments) {
  const char *what = count > 1 ? arguments[1] : "hello";
  const char *more = count > 2 ? arguments[2] : "";
  if (!strcmp(what, "hello")) return printf("hello from %s\n", arguments[0]) < 0;
  if (!strcmp(what, "cat")) return copy(0, 1);
  if (!strcmp(what, "show")) return show(more);
  if (!strcmp(what, "list")) return list(more);
  if (!strcmp(what, "save")) return save(more, count > 3 ? arguments[3] : "");
  if (!strcmp(what, "files")) return files();
  if (!strcmp(what, "env")) return printf("%s\n", getenv(more) ? getenv(more) : "(unset)") < 0;
  if (!strcmp(what, "exit")) return atoi(more);
  if (!strcmp(what, "abort")) abort();
  if (!strcmp(what, "eat")) return eat();
  if (!strcmp(what, "sleep")) return usleep(atoi(more) * 1000);
  if (!strcmp(what, "sha256")) return sha256();
  if (!strcmp(what, "loop")) for (volatile int i = 0;; i++);
  fprintf(stderr, "unknown: %s\n", what);
  return 2;
}
