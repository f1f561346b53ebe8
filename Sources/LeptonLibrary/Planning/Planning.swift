import LeptonLearning
import LeptonRuntime
import LeptonSession
import LeptonTensor

extension Library {
  /// Functions as plans, and what a plan does.
  static var planning: Family { Family("Plans", [planned, explainPlan]) }

  private static var planned: Builtin {
    Builtin(
      "planned(function)",
      "The function that does what a function does, by a plan that is made at its first call.",
      details: """
        A plan is made for the shapes and types of the tensors among the arguments, and for everything else in them as it is; \
        other arguments get another plan, and the 32 used last are kept. A number is part of that: after 8 \
        different ones no more plans are made, and a notice says so; a tensor of one element may differ freely. What a function \
        captured never changes. A function that asks for the value of a tensor (in a condition, say), prints, draws from \
        chance or reads a file is called each time, and a notice says so. Gradients go through: `planned(grad(f))` is a plan of the gradient.
        """,
      examples: [
        "planned(x -> sum(x^2) + 1)(tensor([1.0, 2.0]))": "tensor(6.0)",
        "planned(grad(x -> sum(x^3)))(tensor([1.0, 2.0]))": "tensor([3.0, 12.0])",
      ]
    ) { (context: Context, function: Callee) in
      Value.function(try PlannedFunction(function.value, in: context))
    }
  }

  private static var explainPlan: Builtin {
    Builtin(
      "explain_plan(function, arguments...)",
      "The steps of the plan of a function for arguments, as a table: operations, pieces, bytes.",
      details: """
        A step that names several operations does them in one loop. Threads wait for each other between phases; within \
        one they share each step in `tiles` pieces. The fields `nodes` (the operations that were recorded), `steps`, `fused` (the steps of \
        several operations), `multiply_adds`, `bytes` (of all results) and `arena` (the bytes in which they find room) are those of \
        the whole. For a model, or layers, and a data set it is the plan of a step of training with a batch of 32 and Adam.
        """,
      examples: [
        "explain_plan(x -> sum(relu(x) * 2 + 1), ones([4])).fused": "1",
        "explain_plan(dense(3), iris()).multiply_adds > 0": "true",
      ]
    ) { (context: Context, function: Value, arguments: [Value]) in
      if arguments.count == 1, case .object(let data as DatasetObject) = arguments[0] {
        let layer = try LayerMaker(context).layer(function, for: data.dataset)
        return try Training.explained(layer, on: data.dataset).table
      }
      let callee = try Callee.bridging(function)
      let call = try RecordedCall(of: callee.value, Arguments(arguments), in: context)
      return try call.plan.summary.table
    }
  }
}

extension PlanSummary {
  /// A line for each step and one for the whole.
  fileprivate var table: TableObject {
    get throws {
      let rows: [[Table.Cell]] = steps.map {
        [
          .int($0.phase + 1), .text($0.operations.joined(separator: " + ")), .int($0.tiles),
          .int($0.bytes),
        ]
      }
      let whole =
        "\(recorded) nodes, \(fused) fused, \(multiplyAdds) multiply-adds, \(arenaBytes) bytes of arena"
      return try TableObject(
        Table(
          columns: [
            .init("phase"), .init("operations"), .init("tiles", .grouped), .init("bytes", .grouped),
          ], rows: rows + [[.missing, .text(whole), .missing, .int(resultBytes)]]),
        totals: Record([
          "nodes": .int(recorded), "steps": .int(steps.count), "fused": .int(fused),
          "multiply_adds": .int(multiplyAdds), "bytes": .int(resultBytes),
          "arena": .int(arenaBytes),
        ]))
    }
  }

  /// How many steps do several operations in one loop.
  private var fused: Int { steps.count { $0.operations.count > 1 } }
}
