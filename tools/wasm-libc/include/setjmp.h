#pragma once

/* Room for a `JumpBuffer` of src/setjmp.rs, whose functions clang calls instead of these. */
typedef unsigned long jmp_buf[4];
typedef jmp_buf sigjmp_buf;

int setjmp(jmp_buf env) __attribute__((returns_twice));
_Noreturn void longjmp(jmp_buf env, int value);

/* There are no signals whose mask could be saved. */
#define sigsetjmp(env, save_mask) setjmp(env)
#define siglongjmp(env, value) longjmp(env, value)
