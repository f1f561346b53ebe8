import Testing

/// All tests of the link, one after the other: some count the descriptors and children of the process.
@Suite(.serialized)
enum LinkTests {}
