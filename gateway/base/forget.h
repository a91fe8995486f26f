/* forget: what a process has worked with does not stay in its memory.
 */
#ifndef GATEWAY_BASE_FORGET_H
#define GATEWAY_BASE_FORGET_H

#define FORGET_STACK_BYTES (128u << 10) /* deeper than any handler of ours goes */

/* Overwrites the part of the stack below its caller's frame, in which the calls that have returned left their variables: call it
 * from a loop, between two pieces of work. Cheap: microseconds. */
void forget_stack(void);

#endif
