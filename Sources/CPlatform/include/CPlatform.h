#pragma once

#include "counts.h"
#include "files.h"
#include "process.h"
