import LeptonTensor
import Synchronization
import Testing

@Suite struct SideThreadTests {
  /// What a thread writes and another one reads once it has waited.
  private final class Page: @unchecked Sendable {
    var lines: [Int] = []
  }

  @Test func `jobs are done one after the other, and waited for`() throws {
    let (page, thread) = (Page(), try #require(SideThread()))
    thread.wait()
    for number in 0..<200 {
      thread.begin { page.lines.append(number) }
      if number % 7 == 0 {
        thread.wait()
        #expect(page.lines.count == number + 1)
      }
    }
    thread.wait()
    #expect(page.lines == Array(0..<200))
  }

  @Test func `a thread that is let go ends its job first`() throws {
    let page = Page()
    var thread = SideThread()
    try #require(thread).begin { for number in 0..<100_000 { page.lines.append(number) } }
    thread = nil
    #expect(page.lines.count == 100_000)
  }

  @Test func `the engine computes the same beside it`() throws {
    let thread = try #require(SideThread())
    let (a, b) = (
      try RandomKey(seed: 1).uniform([300, 300]), try RandomKey(seed: 2).uniform([300, 300])
    )
    let alone = try a.matmul(b).elements(as: Float.self)
    let page = Page()
    let isOver = Atomic(false)
    thread.begin {
      repeat {
        let product = (try? a.matmul(b).elements(as: Float.self)) ?? []
        page.lines.append(product == alone ? 1 : 0)
      } while !isOver.load(ordering: .relaxed)
    }
    for _ in 0..<20 { #expect(try a.matmul(b).elements(as: Float.self) == alone) }
    isOver.store(true, ordering: .relaxed)
    thread.wait()
    #expect(!page.lines.isEmpty && page.lines.allSatisfy { $0 == 1 })
  }
}
