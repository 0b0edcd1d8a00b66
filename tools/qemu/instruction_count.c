// A plugin for QEMU's emulator: counts the instructions between lidarseg_layer_begins and
// lidarseg_layer_ends, which programs written by lidarseg call around each layer (--layers),
// each unit of a table (--count), or a whole run.
//
// Compiled as a library (-fPIC), it is named to the emulator:
//
//   qemu-aarch64 -plugin ./instruction_count.so,out=counts.txt ./network --layers IN OUT
//
// One number a line, in the order of the layers. The same program gives the same numbers each time.
// The interface is QEMU's (docs/devel/tcg-plugins.rst, version 1); Debian has no header of it.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef uint64_t plugin_id;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
typedef void (*translated)(plugin_id id, struct qemu_plugin_tb *block);
typedef void (*executed)(unsigned cpu, void *data);
typedef void (*ended)(plugin_id id, void *data);

void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id id, translated callback);
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *block, executed callback, int flags,
                                          void *data);
void qemu_plugin_register_atexit_cb(plugin_id id, ended callback, void *data);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *block, size_t index);
const char *qemu_plugin_insn_symbol(const struct qemu_plugin_insn *instruction);
int qemu_plugin_install(plugin_id id, const void *info, int count, char **arguments);

int qemu_plugin_version = 1;

static FILE *file;
static int counting;
static uint64_t total;

static void begin(unsigned cpu, void *data) {
  (void)cpu, (void)data;
  counting = 1;
  total = 0;
}

static void end(unsigned cpu, void *data) {
  (void)cpu, (void)data;
  if (counting) fprintf(file, "%llu\n", (unsigned long long)total);
  counting = 0;
}

static void add(unsigned cpu, void *data) {
  (void)cpu;
  if (counting) total += (uintptr_t)data;
}

// A block of instructions that is run as a whole; a function begins with one.
static void watch(plugin_id id, struct qemu_plugin_tb *block) {
  (void)id;
  const char *symbol = qemu_plugin_insn_symbol(qemu_plugin_tb_get_insn(block, 0));
  executed callback = add;
  if (symbol && strcmp(symbol, "lidarseg_layer_begins") == 0) callback = begin;
  if (symbol && strcmp(symbol, "lidarseg_layer_ends") == 0) callback = end;
  qemu_plugin_register_vcpu_tb_exec_cb(block, callback, 0,
                                       (void *)(uintptr_t)qemu_plugin_tb_n_insns(block));
}

static void finish(plugin_id id, void *data) {
  (void)id, (void)data;
  fclose(file);
}

int qemu_plugin_install(plugin_id id, const void *info, int count, char **arguments) {
  (void)info;
  const char *path = count == 1 && strncmp(arguments[0], "out=", 4) == 0 ? arguments[0] + 4 : NULL;
  file = path ? fopen(path, "w") : NULL;
  if (!file) {
    fprintf(stderr, "instruction_count: say where counts go: out=FILE\n");
    return 1;
  }
  qemu_plugin_register_vcpu_tb_trans_cb(id, watch);
  qemu_plugin_register_atexit_cb(id, finish, NULL);
  return 0;
}
