#ifndef CCURL_H
#define CCURL_H

#include <stddef.h>

/// Takes bytes that have come; gives how many it takes, and fewer to end the transfer.
typedef size_t (*ccurl_receiver)(const void *bytes, size_t count, void *user);

/// How a transfer ended.
typedef enum {
  CCURL_DONE,
  CCURL_NO_LIBRARY,
  CCURL_PROTOCOL,
  CCURL_STATUS,
  CCURL_CUT,
  CCURL_UNTRUSTED,
  CCURL_STOPPED,
  CCURL_FAILED
} ccurl_end;

/// Loads what stands at an address, following at most five redirections.
///
/// `protocols` are separated by commas; `authorities` is a file of certificates to trust, or NULL for those of
/// the system; `status` is that of HTTP, and `words`, of `capacity` bytes,
/// what libcurl says of a failure.
ccurl_end ccurl_load(
    const char *address, const char *protocols, const char *authorities, ccurl_receiver receive,
    void *user, long *status, char *words, size_t capacity);

#endif
