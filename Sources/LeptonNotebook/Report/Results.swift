import LeptonFiles
import LeptonJSON
import LeptonSession

/// The results of a run for programs: recorded metrics, cells, parameters.
public struct Results {
  private let result: RunResult

  /// Takes the results of a run.
  public init(_ result: RunResult) { self.result = result }

  /// Writes them as a file, atomically.
  public func write(to path: String) throws(FileError) {
    try AtomicWriter.write(bytes(), to: path)
  }

  /// The results as a JSON document, if asked with everything that each cell gave.
  public func bytes(withOutputs: Bool = false) throws(FileError) -> [UInt8] {
    do {
      return try json(withOutputs: withOutputs).bytes(.pretty) + [UInt8(ascii: "\n")]
    } catch {
      throw FileError(
        code: "file/write", message: "the results cannot be written as JSON: \(error)")
    }
  }

  /// The results as JSON.
  package func json(withOutputs: Bool = false) throws(JSONError) -> JSON {
    let (all, holding) = result.expectations
    var cells: [JSON] = []
    for outcome in result.outcomes { cells.append(try cell(outcome, withOutputs: withOutputs)) }
    return [
      "metrics": .object(result.metrics.map { JSON.Member($0.name, Self.number($0)) }),
      "cells": .array(cells),
      "parameters": .object(
        result.parameters.entries.map { JSON.Member($0.parameter.name, Self.value($0.value)) }),
      "expectations": ["all": .int(all), "holding": .int(holding)],
    ]
  }

  private func cell(_ outcome: CellOutcome, withOutputs: Bool) throws(JSONError) -> JSON {
    var members = [
      JSON.Member("id", .string(outcome.id)),
      JSON.Member("status", .string(outcome.status.word)),
      JSON.Member("line", .int(line(outcome.cell.line))),
    ]
    if result.showsTimings {
      members.append(JSON.Member("seconds", .double(outcome.seconds)))
    }
    if let error = outcome.error {
      members.append(
        JSON.Member(
          "error",
          [
            "code": .string(error.code), "message": .string(error.message),
            "line": .int(line(error.place.line)), "column": .int(error.place.column),
          ]))
    }
    if withOutputs {
      var outputs: [JSON] = []
      for output in outcome.outputs {
        if case .table(let table) = output {
          outputs.append(Self.rows(of: table))
        } else {
          outputs.append(Self.flat(try JSON(encoding: output)))
        }
      }
      members.append(JSON.Member("outputs", .array(outputs)))
    }
    return .object(members)
  }

  /// An output as programs like to read it: its kind beside its members, `{"kind": "value", "text": …}`.
  private static func flat(_ coded: JSON) -> JSON {
    guard let member = coded.members?.first, let content = member.value["_0"] else { return coded }
    let kind = JSON.Member("kind", .string(member.key))
    return .object([kind] + (plain(content).members ?? [JSON.Member("text", content)]))
  }

  /// A coded value in which a case is what it holds: `{"int": {"_0": 1}}` is 1.
  private static func plain(_ coded: JSON) -> JSON {
    switch coded {
    case .array(let elements): return .array(elements.map(plain))
    case .object(let members):
      if members.count == 1, let content = members[0].value["_0"] { return plain(content) }
      return .object(members.map { JSON.Member($0.key, plain($0.value)) })
    default: return coded
    }
  }

  /// A table by rows, in which each cell is what it holds.
  private static func rows(of table: Table) -> JSON {
    let columns = table.columns.map { column in
      [
        "name": .string(column.name), "format": .string(column.format.rawValue),
        "isTiming": .bool(column.isTiming),
      ] as JSON
    }
    return [
      "kind": "table", "title": .string(table.title), "columns": .array(columns),
      "rows": .array(table.rows.map { .array($0.map(Self.cell)) }), "hidden": .int(table.hidden),
    ]
  }

  private static func cell(_ cell: Table.Cell) -> JSON {
    switch cell {
    case .missing: .null
    case .text(let text): .string(text)
    case .int(let number): .int(number)
    case .float(let number): double(number)
    case .bool(let truth): .bool(truth)
    }
  }

  private func line(_ line: Int) -> Int { result.notebook.lineInFile(line) }

  private static func number(_ metric: Metric) -> JSON {
    if metric.isInteger, let whole = Int(exactly: metric.value) { return .int(whole) }
    return double(metric.value)
  }

  private static func value(_ value: ParameterValue) -> JSON {
    switch value {
    case .int(let number): .int(number)
    case .float(let number): double(number)
    case .bool(let flag): .bool(flag)
    case .string(let text): .string(text)
    case .list(let elements): .array(elements.map(Self.value))
    }
  }

  /// JSON has no numbers for what is not finite.
  private static func double(_ number: Double) -> JSON {
    number.isFinite ? .double(number) : .string(number.isNaN ? "nan" : number < 0 ? "-inf" : "inf")
  }
}
