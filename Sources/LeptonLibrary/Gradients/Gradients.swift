import LeptonRuntime
import LeptonTensor

extension Library {
  /// Derivatives of functions, and functions over batches.
  static var gradients: Family {
    Family(
      "Gradients",
      [grad, valueAndGrad, jacobian, hessian, vjp, jvp, stopGradient, gradcheck, vmap])
  }

  private static let aboutArguments = """
    The derivative is taken with respect to `argument`: the place of an argument, from 0, its name, or a \
    list of these, which gives a list. The argument is a number, a tensor of fractions, a list or a record \
    of these, or a model, whose derivative is a record like `model.parameters`, which can be set; the derivative has the \
    same form, and what holds no fractions has none. The function is called once with tensors whose values are \
    known: it may branch on them, print them, and call whatever it likes. Any order is possible.
    """

  private static let aboutAux = """
    With `aux=true` the function gives a list of two, the number and anything else, which is then the last \
    element of the result.
    """

  private static var grad: Builtin {
    Builtin(
      "grad(function, argument = 0, aux = false)",
      "The function that gives the gradient of a function.",
      details: "The function gives a single number. \(aboutArguments) \(aboutAux)",
      examples: [
        "grad(x -> x^3)(2.0)": "12.0",
        "grad(x -> sum(x^2))(tensor([1.0, 2.0]))": "tensor([2.0, 4.0])",
        "grad(p -> p.a * p.b)({a: 2.0, b: 5.0})": "{a: 5.0, b: 2.0}",
        "grad((x, w) -> w * x, \"w\")(3.0, w=2.0)": "3.0",
        "grad(grad(x -> x^3))(2.0)": "12.0",
      ]
    ) { (function: Callee, chosen: ChosenArguments, aux: Bool) in
      DerivativeFunction.gradient(
        "grad", of: function.value, by: chosen, hasExtra: aux, withValue: false)
    }
  }

  private static var valueAndGrad: Builtin {
    Builtin(
      "value_and_grad(function, argument = 0, aux = false)",
      "The function that gives the value and the gradient of a function, as a list of two.",
      details: "The function gives a single number. \(aboutArguments) \(aboutAux)",
      examples: [
        "value_and_grad(x -> x^2)(3.0)": "[9.0, 6.0]",
        "value_and_grad(x -> [x^2, \"more\"], aux=true)(3.0)": "[9.0, 6.0, \"more\"]",
      ]
    ) { (function: Callee, chosen: ChosenArguments, aux: Bool) in
      DerivativeFunction.gradient(
        "value_and_grad", of: function.value, by: chosen, hasExtra: aux, withValue: true)
    }
  }

  private static var stopGradient: Builtin {
    Builtin(
      "stop_gradient(x)", "The same value, through which no derivative passes.",
      details: """
        What depends on it counts as a constant. `straight_through` gives one value the gradient of another.
        """,
      examples: [
        "grad(x -> stop_gradient(x) * x)(3.0)": "3.0",
        "stop_gradient(tensor([1.0, 2.0]))": "tensor([1.0, 2.0])",
      ]
    ) { (x: Value) -> Value in
      if case .tensor(let tensor) = x { .tensor(try tensor.stopped()) } else { x }
    }
  }

  private static var jacobian: Builtin {
    Builtin(
      "jacobian(function, argument = 0)",
      "The function that gives the derivative of every element of a result by every element of an argument.",
      details: """
        A tensor has the axes of the result, then those of the argument. A result with several parts gives \
        the same parts, each with the form of the argument. \(aboutArguments)
        """,
      examples: [
        "jacobian(x -> x * x)(tensor([1.0, 2.0]))": "tensor([[2.0, 0.0], [0.0, 4.0]])",
        "jacobian(x -> {double: 2 * x, square: x^2})(3.0)": "{double: 2.0, square: 6.0}",
      ]
    ) { (function: Callee, chosen: ChosenArguments) in
      Value.function(
        DerivativeFunction("jacobian", of: function.value, by: chosen) { try $0.jacobian() })
    }
  }

  private static var hessian: Builtin {
    Builtin(
      "hessian(function, argument = 0)",
      "The function that gives all second derivatives of a function: the jacobian of its gradient.",
      details: "The function gives a single number. \(aboutArguments)",
      examples: [
        "hessian(x -> x^3)(2.0)": "12.0",
        "hessian(x -> x[0]^2 * x[1])(tensor([1.0, 2.0]))": "tensor([[4.0, 2.0], [2.0, 0.0]])",
      ]
    ) { (function: Callee, chosen: ChosenArguments) in
      let gradient = DerivativeFunction.gradient(
        "grad", of: function.value, by: chosen, hasExtra: false, withValue: false)
      return Value.function(
        DerivativeFunction("hessian", of: function.value, applying: gradient, by: chosen) {
          try $0.jacobian()
        })
    }
  }

  private static var vjp: Builtin {
    Builtin(
      "vjp(function, x, vector)",
      "The value of a function, and its derivative weighed by a vector: a list of two.",
      details: """
        The vector has the form of what the function gives: the result is the gradient of \
        `sum(vector * function(x))`, the vector times the jacobian, at the cost of one call.
        """,
      examples: [
        "vjp(x -> x * x, tensor([1.0, 2.0]), [1.0, 10.0])":
          "[tensor([1.0, 4.0]), tensor([2.0, 40.0])]"
      ]
    ) { (context: Context, function: Callee, x: Value, vector: Value) -> Value in
      let call = try Differentiation(function.value, Arguments([x]), by: .first, in: context)
      return .list([try call.settled(call.result), try call.pullback(vector)])
    }
  }

  private static var jvp: Builtin {
    Builtin(
      "jvp(function, x, vector)",
      "The value of a function, and its derivative along a vector: a list of two.",
      details: """
        The vector has the form of `x`: the result is the jacobian times the vector, at the cost of a few \
        calls. It is exact: `vjp` is linear in its vector, and its own derivative by it is this one.
        """,
      examples: [
        "jvp(x -> x * x, tensor([1.0, 2.0]), [1.0, 10.0])":
          "[tensor([1.0, 4.0]), tensor([2.0, 40.0])]",
        "jvp(x -> x^3, 2.0, 1.0)": "[8.0, 12.0]",
      ]
    ) { (context: Context, function: Callee, x: Value, vector: Value) -> Value in
      let call = try Differentiation(function.value, Arguments([x]), by: .first, in: context)
      return .list([try call.settled(call.result), try call.pushforward(vector)])
    }
  }

  private static var gradcheck: Builtin {
    Builtin(
      "gradcheck(function, arguments..., argument = 0, tolerance = 1e-5)",
      "Derivatives of a function beside differences of its values, as a table.",
      details: """
        Everything is computed in float64. For each part of the argument the table names the element where \
        both differ most (of at most 100, evenly spread), both values and the relative error; `.ok` says \
        whether every error is within `tolerance`, `.error` is the largest. `argument` is that of `grad`. \
        What the function gives may be of any form; of several numbers the sum with fixed weights is taken. \
        At a kink, as that of relu at 0, differences mean little.
        """,
      examples: [
        "gradcheck(x -> sum(sin(x)), tensor([0.5, 1.0])).ok": "true",
        "gradcheck((w, x) -> w @ x, ones([2, 3]), ones([3])).ok": "true",
      ]
    ) {
      (
        context: Context, function: Callee, arguments: [Value], chosen: ChosenArguments,
        tolerance: Double
      ) in
      try GradientCheck(function.value, arguments, by: chosen, in: context)
        .table(tolerance: tolerance)
    }
  }

  private static var vmap: Builtin {
    Builtin(
      "vmap(function, axes = 0)",
      "The function of batches that does with all examples at once what a function does with one.",
      details: """
        Tensors among the arguments, also those in lists and records, are taken apart along `axes`: one axis \
        for all, or a list with an axis or `nothing` for each argument by position; numbers and models are the \
        same for all examples. Results are stacked along a new first axis. A function that reads values (in a \
        condition, say), prints, or draws from chance is called for each example, and a note says so.
        """,
      examples: [
        "vmap(x -> sum(x^2))(tensor([[1.0, 2.0], [3.0, 4.0]]))": "tensor([5.0, 25.0])",
        "vmap((w, x) -> w @ x, [nothing, 0])(ones([1, 2]), tensor([[1.0, 2.0], [3.0, 4.0]]))":
          "tensor([[3.0], [7.0]])",
        "vmap(grad(x -> x^3))(tensor([1.0, 2.0]))": "tensor([3.0, 12.0])",
      ]
    ) { (function: Callee, axes: MapAxes) in
      Value.function(MappedFunction(function.value, axes))
    }
  }
}
