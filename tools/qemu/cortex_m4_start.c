// Starts a C program with newlib's semihosting library on QEMU's mps2-an386, arguments included.
//
//   arm-none-eabi-gcc -mcpu=cortex-m4 -mthumb -mfpu=fpv4-sp-d16 -mfloat-abi=hard -O2 -nostartfiles
//     --specs=rdimon.specs -T cortex_m4.ld -o program.elf cortex_m4_start.c ...
//   qemu-system-arm -M mps2-an386 -nographic -monitor none -serial none -kernel program.elf
//     -semihosting-config enable=on,target=native,arg=program,arg=...
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

extern uint8_t data_begin[], data_end[], data_in_flash[], bss_begin[], bss_end[], stack_top[];
extern int main(int count, char **arguments);
extern void initialise_monitor_handles(void);

// What newlib calls around a program written in C++; there is nothing to do.
void _init(void);
void _init(void) {}
void _fini(void);
void _fini(void) {}

// Asks the machine that simulates this one; operation 0x15 gives the command line.
static int ask(int operation, void *parameters) {
  register int r0 __asm__("r0") = operation;
  register void *r1 __asm__("r1") = parameters;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}

static void start(void) {
  static char line[512];
  static char *arguments[16];
  struct {
    char *text;
    uint32_t size;
  } command = {line, sizeof line};
  int count = 0;
  initialise_monitor_handles();
  if (ask(0x15, &command) != 0) exit(3);
  for (char *word = strtok(line, " "); word && count < 15; word = strtok(NULL, " ")) {
    arguments[count++] = word;
  }
  exit(main(count, arguments));
}

void reset(void);
void reset(void) {
  // Lets instructions on floats pass, before any is met.
  *(volatile uint32_t *)0xe000ed88u |= 0xfu << 20;
  __asm__ volatile("dsb\n\tisb" ::: "memory");
  memcpy(data_begin, data_in_flash, (size_t)(data_end - data_begin));
  memset(bss_begin, 0, (size_t)(bss_end - bss_begin));
  start();
}

static void fail(void) {
  // A reason that makes the simulator end with an error.
  ask(0x18, (void *)0x20023);
  for (;;) {}
}

// The first stack pointer, where to begin, and faults.
__attribute__((section(".vectors"), used)) static void (*const vectors[16])(void) = {
  (void (*)(void))stack_top, reset, fail, fail, fail, fail, fail,
};
