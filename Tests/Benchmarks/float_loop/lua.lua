local function work(turns)
  local s, x = 0.0, 1.0
  for i = 1, turns do
    s = s + x * 0.5
    x = x + 0.001
  end
  return s
end

local start = os.clock()
local result = work(10000000)
print("seconds", os.clock() - start)
print("result", string.format("%.17g", result))
