#include "CCurl.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

// The functions of the library, once it is open.
static struct {
  __typeof__(&curl_global_init) global_init;
  __typeof__(&curl_easy_init) init;
  __typeof__(&curl_easy_setopt) set;
  __typeof__(&curl_easy_perform) perform;
  __typeof__(&curl_easy_getinfo) get;
  __typeof__(&curl_easy_cleanup) cleanup;
  __typeof__(&curl_easy_strerror) words;
  int is_open;
} curl;

static void open_library(void) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  curl.global_init = (__typeof__(curl.global_init))dlsym(library, "curl_global_init");
  curl.init = (__typeof__(curl.init))dlsym(library, "curl_easy_init");
  curl.set = (__typeof__(curl.set))dlsym(library, "curl_easy_setopt");
  curl.perform = (__typeof__(curl.perform))dlsym(library, "curl_easy_perform");
  curl.get = (__typeof__(curl.get))dlsym(library, "curl_easy_getinfo");
  curl.cleanup = (__typeof__(curl.cleanup))dlsym(library, "curl_easy_cleanup");
  curl.words = (__typeof__(curl.words))dlsym(library, "curl_easy_strerror");
  curl.is_open = curl.global_init && curl.init && curl.set && curl.perform && curl.get &&
                 curl.cleanup && curl.words && curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

// What libcurl calls with bytes that have come.
struct target {
  ccurl_receiver receive;
  void *user;
};

static size_t take(char *bytes, size_t size, size_t count, void *user) {
  struct target *target = user;
  return target->receive(bytes, size * count, target->user);
}

// What a transfer may do; 1 if libcurl knows all of it.
static int prepare(
    CURL *handle, const char *address, const char *protocols, const char *authorities,
    struct target *target) {
  return (!authorities || curl.set(handle, CURLOPT_CAINFO, authorities) == CURLE_OK) &&
         curl.set(handle, CURLOPT_PROTOCOLS_STR, protocols) == CURLE_OK &&
         curl.set(handle, CURLOPT_REDIR_PROTOCOLS_STR, protocols) == CURLE_OK &&
         curl.set(handle, CURLOPT_URL, address) == CURLE_OK &&
         curl.set(handle, CURLOPT_FOLLOWLOCATION, 1L) == CURLE_OK &&
         curl.set(handle, CURLOPT_MAXREDIRS, 5L) == CURLE_OK &&
         curl.set(handle, CURLOPT_FAILONERROR, 1L) == CURLE_OK &&
         curl.set(handle, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
         curl.set(handle, CURLOPT_CONNECTTIMEOUT, 30L) == CURLE_OK &&
         curl.set(handle, CURLOPT_LOW_SPEED_LIMIT, 100L) == CURLE_OK &&
         curl.set(handle, CURLOPT_LOW_SPEED_TIME, 60L) == CURLE_OK &&
         curl.set(handle, CURLOPT_USERAGENT, "lepton") == CURLE_OK &&
         curl.set(handle, CURLOPT_WRITEFUNCTION, take) == CURLE_OK &&
         curl.set(handle, CURLOPT_WRITEDATA, target) == CURLE_OK;
}

static ccurl_end end_of(CURLcode code) {
  switch (code) {
  case CURLE_OK: return CCURL_DONE;
  case CURLE_UNSUPPORTED_PROTOCOL: return CCURL_PROTOCOL;
  case CURLE_HTTP_RETURNED_ERROR: return CCURL_STATUS;
  case CURLE_PEER_FAILED_VERIFICATION:
  case CURLE_SSL_CACERT_BADFILE: return CCURL_UNTRUSTED;
  case CURLE_PARTIAL_FILE:
  case CURLE_RECV_ERROR:
  case CURLE_GOT_NOTHING: return CCURL_CUT;
  case CURLE_WRITE_ERROR: return CCURL_STOPPED;
  default: return CCURL_FAILED;
  }
}

ccurl_end ccurl_load(
    const char *address, const char *protocols, const char *authorities, ccurl_receiver receive,
    void *user, long *status, char *words, size_t capacity) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, open_library);
  CURL *handle = curl.is_open ? curl.init() : NULL;
  if (!handle) return CCURL_NO_LIBRARY;
  struct target target = {receive, user};
  CURLcode code = prepare(handle, address, protocols, authorities, &target)
                      ? curl.perform(handle)
                      : CURLE_FAILED_INIT;
  curl.get(handle, CURLINFO_RESPONSE_CODE, status);
  strncpy(words, curl.words(code), capacity - 1);
  words[capacity - 1] = 0;
  curl.cleanup(handle);
  return end_of(code);
}
