local function matrix(n, f)
  local rows = {}
  for i = 0, n - 1 do
    local row = {}
    for j = 0, n - 1 do row[j + 1] = f(i, j) end
    rows[i + 1] = row
  end
  return rows
end

local function work(n)
  local a = matrix(n, function(i, j) return i * 0.5 + j end)
  local b = matrix(n, function(i, j) return i - j * 0.25 end)
  local c = matrix(n, function(i, j) return 0.0 end)
  for i = 1, n do
    for j = 1, n do
      local s = 0.0
      for k = 1, n do s = s + a[i][k] * b[k][j] end
      c[i][j] = s
    end
  end
  return c[n][n] + c[1][n // 2 + 1]
end

local start = os.clock()
local result = work(120)
print("seconds", os.clock() - start)
print("result", string.format("%.17g", result))
