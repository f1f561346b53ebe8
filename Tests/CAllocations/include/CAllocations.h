// How often memory was asked for, thread by thread: what links this counts every malloc of the process.
#ifndef LEPTON_ALLOCATIONS_H
#define LEPTON_ALLOCATIONS_H

// How many pieces of memory this thread has asked for since it began.
long lepton_allocations(void);

#endif
