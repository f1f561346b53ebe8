import LeptonLearning
import LeptonRuntime

/// A learning rate among the arguments of a word: a number, a schedule, or a function of the step.
struct RateArgument: Bridged {
  let value: Value

  static var typeDescription: String { "a number, a schedule or a function of the step" }

  static func bridging(_ value: Value) throws -> RateArgument {
    if value.object is Described<Schedule> || value.callable != nil {
      return RateArgument(value: value)
    }
    guard (try? Double.bridging(value)) != nil else { throw mismatch(value) }
    return RateArgument(value: value)
  }

  /// The rate.
  func rate(in context: Context) throws -> LearningRate {
    if let schedule = try ScheduleArgument.made(of: value, in: context) {
      return LearningRate(schedule)
    }
    guard let callable = value.callable else { return LearningRate(try Double.bridging(value)) }
    return LearningRate(source: callable.source) { [value] position in
      try Double.bridging(context.call(value, .int(position.step)))
    }
  }
}

/// A schedule among the arguments of a word: nothing, a number, a schedule, the name of a word that makes
/// one, or a function of the share of the run that is done.
struct ScheduleArgument: Bridged {
  let value: Value

  static var typeDescription: String { "a schedule, or a function of the share that is done" }

  static func bridging(_ value: Value) throws -> ScheduleArgument {
    if value.isNothing || value.object is Described<Schedule> || value.callable != nil {
      return ScheduleArgument(value: value)
    }
    guard (try? Double.bridging(value)) != nil else { throw mismatch(value) }
    return ScheduleArgument(value: value)
  }

  /// The schedule.
  func schedule(in context: Context) throws -> Schedule {
    if let schedule = try Self.made(of: value, in: context) { return schedule }
    guard let callable = value.callable else {
      return try Optional<Double>.bridging(value).map { .constant($0) } ?? .constant
    }
    return Schedule(source: callable.source) { [value] position in
      try Double.bridging(context.call(value, .float(position.fraction)))
    }
  }

  /// The schedule that a value is, or that a word makes of which it is the name.
  static func made(of value: Value, in context: Context) throws -> Schedule? {
    if let schedule = (value.object as? Described<Schedule>)?.content { return schedule }
    guard let name = value.callable?.name, makers.contains(name),
      let word = try context.word(name), same(word, value)
    else { return nil }
    return try Schedule.bridging(context.call(value, []))
  }

  /// The words that make a schedule without arguments.
  private static let makers: Set<String> = [
    "cosine_decay", "one_cycle", "on_plateau", "polynomial_decay",
  ]

  private static func same(_ word: Value, _ value: Value) -> Bool {
    guard let a = word.callable, let b = value.callable else { return false }
    return a === b || (a is Word && b is Word)
  }

  /// What of a position a function is given.
  ///
  /// - Throws: `LanguageError` with code `value/name`.
  static func argument(_ name: String) throws -> (TrainingPosition) -> Value {
    switch name {
    case "share": return { .float($0.fraction) }
    case "epoch": return { .float($0.epochs) }
    case "step": return { .int($0.step) }
    default:
      throw LanguageError(
        "value/name", "a schedule goes by \"share\", \"epoch\" or \"step\", not by \"\(name)\"")
    }
  }
}

/// Numbers of a program that have to be in a range.
enum Settings {
  /// Refuses a number that makes no sense.
  ///
  /// - Throws: `LanguageError` with code `value/range`.
  static func require(_ holds: Bool, _ message: @autoclosure () -> String) throws {
    if !holds { throw LanguageError("value/range", message()) }
  }
}

/// An optimizer among the arguments of a word: one that was made, or a word or function that makes
/// one without arguments.
struct OptimizerArgument: Bridged {
  let value: Value

  static var typeDescription: String { Optimizer.typeDescription }

  static func bridging(_ value: Value) throws -> OptimizerArgument {
    if value.callable as? Closure == nil { _ = try Optimizer.bridging(value) }
    return OptimizerArgument(value: value)
  }

  /// The optimizer.
  func optimizer(in context: Context) throws -> Optimizer {
    guard value.callable is Closure else { return try Optimizer.bridging(value) }
    return try Optimizer.bridging(context.call(value, []))
  }
}
