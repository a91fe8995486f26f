#include "gateway/base/forget.h"

#include <string.h>

__attribute__((noinline)) void forget_stack(void)
{
    char left[FORGET_STACK_BYTES];
    explicit_bzero(left, sizeof left);
}
