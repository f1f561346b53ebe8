extension Operation {
  /// The table of operations.
  public static let all: [Operation] =
    arithmetic + comparisons + functions + furtherFunctions + reductions + cumulatives + softmaxes
    + structures
    + normalizations
    + gatherings + sortings + products + convolutions + poolings + equations + decompositions
    + fourier + signals + randoms + recurrences + alignments
}
