# The WebAssembly exception that carries a longjmp. The catch that clang makes of a setjmp
# expects this tag, and with it the address of a `Thrown` (setjmp.rs).

    .tagtype __c_longjmp i32
    .globl  __c_longjmp
__c_longjmp:

    .section .text.throw_longjmp,"",@
    .globl  throw_longjmp
    .type   throw_longjmp,@function
throw_longjmp:
    .functype throw_longjmp (i32) -> ()
    local.get 0
    throw   __c_longjmp
    end_function
