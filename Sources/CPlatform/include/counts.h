#pragma once

// Counts of Swift objects that one thread alone holds: the same as Swift's own, without locked instructions.

void *swift_nonatomic_retain(void *object);
void swift_nonatomic_release(void *object);

static inline void platform_retain_alone(const void *object) {
  swift_nonatomic_retain((void *)object);
}

static inline void platform_release_alone(const void *object) {
  swift_nonatomic_release((void *)object);
}
