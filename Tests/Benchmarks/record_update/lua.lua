local function work(turns)
  local state = {count = 0, total = 0.0, last = 0.0, inner = {hits = 0}}
  for i = 1, turns do
    state.count = state.count + 1
    state.last = state.count * 0.5
    state.total = state.total + state.last
    state.inner.hits = state.inner.hits + 2
  end
  return state.total + state.inner.hits
end

local start = os.clock()
local result = work(1000000)
print("seconds", os.clock() - start)
print("result", string.format("%.17g", result))
