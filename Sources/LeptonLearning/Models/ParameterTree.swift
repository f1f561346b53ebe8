import LeptonTensor

/// The parameters or the states of a model under their paths, in the order in which the layers ask for them.
public struct ParameterTree {
  /// The paths, in order, such as `0.dense.kernel`.
  public private(set) var paths: [String] = []
  private var tensors: [String: Tensor] = [:]

  /// Makes an empty tree.
  public init() {}

  /// Makes a tree of paths and their tensors.
  public init(_ paths: [String], _ tensors: [Tensor]) {
    self.paths = paths
    self.tensors = Dictionary(zip(paths, tensors)) { _, last in last }
  }

  /// The parameter at a path, or nothing; setting a new path puts it last.
  public subscript(path: String) -> Tensor? {
    get { tensors[path] }
    set {
      if tensors[path] == nil, newValue != nil { paths.append(path) }
      if newValue == nil { paths.removeAll { $0 == path } }
      tensors[path] = newValue
    }
  }

  /// The paths with their tensors, in order.
  public var entries: [(path: String, tensor: Tensor)] {
    paths.compactMap { path in tensors[path].map { (path, $0) } }
  }

  /// The tree with what a function gives of each tensor.
  public func mapped(_ body: (Tensor) throws -> Tensor) rethrows -> ParameterTree {
    let entries = entries
    return ParameterTree(entries.map(\.path), try entries.map { try body($0.tensor) })
  }

  /// How many numbers the tensors hold in all.
  public var elementCount: Int { entries.reduce(0) { $0 + $1.tensor.shape.count } }
}
