// What a confined process can still do: each attempt is made in a process of its own, which confines itself first.
#ifndef LEPTON_CONFINED_H
#define LEPTON_CONFINED_H

enum confined_attempt {
  confined_reads_listed,
  confined_reads_other,
  confined_writes,
  confined_starts_thread,
  confined_starts_process,
  confined_starts_program,
  confined_opens_socket,
  confined_signals_parent,
  confined_makes_code,
  confined_raises_limit,
  confined_traces,
};

// Tries that as a process that may read `listed` only; `other` is another file. 0, or the number of the error with
// which the system refused; -1 if the process could not be confined or died.
int confined_try(enum confined_attempt attempt, const char *_Nonnull listed, const char *_Nonnull other);

#endif
