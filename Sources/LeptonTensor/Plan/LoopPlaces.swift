/// Where the nodes of a loop stand while its instructions are written: what comes from outside is an operand, in
/// the order in which it is first read, and results are where they were put.
struct LoopPlaces {
  /// The nodes that the loop reads.
  private(set) var operands: [Int] = []
  private(set) var all: [Int: BlockProgram.Place] = [:]

  /// The place of a node, which becomes an operand if it has none.
  mutating func find(_ node: Int) -> BlockProgram.Place {
    if let place = all[node] { return place }
    operands.append(node)
    let place = BlockProgram.Place.operand(operands.count - 1)
    all[node] = place
    return place
  }

  /// Notes where a node stands from now on.
  mutating func put(_ node: Int, at place: BlockProgram.Place) { all[node] = place }
}
