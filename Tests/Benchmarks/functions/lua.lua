local function adder(k) return function(x) return x + k end end

local function map(count, f)
  local result = {}
  for i = 0, count - 1 do result[i + 1] = f(i) end
  return result
end

local function filter(values, f)
  local result = {}
  for _, x in ipairs(values) do if f(x) then result[#result + 1] = x end end
  return result
end

local function reduce(values, f, start)
  local result = start
  for _, x in ipairs(values) do result = f(result, x) end
  return result
end

local function work(count)
  local doubled = map(count, function(x) return x * 2 end)
  local kept = filter(doubled, function(x) return x % 3 == 0 end)
  local total = reduce(kept, function(a, b) return a + b end, 0)
  for i = 0, count - 1 do
    local add = adder(i)
    total = total + add(1)
  end
  return total
end

local start = os.clock()
local result = work(1000000)
print("seconds", os.clock() - start)
print("result", result)
