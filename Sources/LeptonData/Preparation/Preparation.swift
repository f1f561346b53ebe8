import LeptonFiles

/// Steps one after the other, which a table goes through before a network sees it.
public struct Preparation {
  /// What a table goes through at a time.
  public enum Stage {
    /// A step.
    case step(PreparationStep)
    /// The steps that the types of the columns ask for.
    case automatic(Decisions.Wishes)
    /// Steps that have learned already.
    case fitted(FittedPreparation)
    /// A function of the whole table that learns nothing.
    case function(source: String, (DataTable) throws -> DataTable)
  }

  /// The stages.
  public let stages: [Stage]

  /// Makes a preparation of stages.
  public init(_ stages: [Stage]) { self.stages = stages }

  /// The preparation with what it learns from a table, and what becomes of that table where it is trained on.
  ///
  /// - Throws: `FileError` with code `data/column` if a column is missing or of the wrong kind; what functions throw.
  public func fitted(
    to table: DataTable, targets: PreparationTargets? = nil
  ) throws -> (preparation: FittedPreparation, table: DataTable) {
    var fitted: [FittedPreparation.Stage] = []
    var current = table
    func fit(_ step: PreparationStep) throws {
      let (step, next) = try step.fitted(to: current, targets: targets)
      fitted.append(.step(step))
      current = next
    }
    for stage in stages {
      switch stage {
      case .step(let step): try fit(step)
      case .automatic(let wishes):
        for step in Decisions(for: current, wishes).steps { try fit(step) }
      case .fitted(let known):
        current = try known.applied(to: current)
        fitted += known.stages
      case .function(let source, let function):
        current = try function(current)
        fitted.append(.function(source: source, function))
      }
    }
    return (FittedPreparation(inputs: table.names, stages: fitted), current)
  }
}

/// A preparation with what it learned.
public struct FittedPreparation {
  /// A stage with what it learned.
  public enum Stage {
    /// A step.
    case step(FittedStep)
    /// A function.
    case function(source: String, (DataTable) throws -> DataTable)
  }

  /// The columns of the table that it learned from.
  public let inputs: [String]
  /// The stages.
  public let stages: [Stage]
  /// The shape of an example where it learned from a tensor.
  public var exampleShape: [Int]?

  /// Makes it of its parts.
  public init(inputs: [String], stages: [Stage], exampleShape: [Int]? = nil) {
    self.inputs = inputs
    self.stages = stages
    self.exampleShape = exampleShape
  }

  /// The Lepton of its steps, as they were decided on.
  public var source: String {
    stages.map { stage in
      switch stage {
      case .step(let step): step.step.source
      case .function(let source, _): source
      }
    }.joined(separator: " >> ")
  }

  /// What becomes of a table; columns that were not there in training are left out.
  ///
  /// - Throws: `FileError` with code `data/column` if a column is missing or of the wrong kind; what functions throw.
  public func applied(to table: DataTable) throws -> DataTable {
    let known = try DataTable(table.columns(named: inputs), rowCount: table.rowCount)
    return try stages.reduce(known) { table, stage in
      switch stage {
      case .step(let step): try step.applied(to: table)
      case .function(_, let function): try function(table)
      }
    }
  }
}
