(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 i32 i32 i32)))
  (type (;2;) (func (param v128 v128 v128) (result v128)))
  (type (;3;) (func (param f32 f32 f32) (result f32)))
  (import "env" "memory" (memory (;0;) 1))
  (export "scan" (func 0))
  (func (;0;) (type 1) (param i32 i32 i32 i32 i32)
    (local v128 v128 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
    v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
    local.set 27
    v128.const i32x4 0x00800000 0x00800000 0x00800000 0x00800000
    local.set 32
    v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff
    local.set 33
    v128.const i32x4 0x3e800000 0x3e800000 0x3e800000 0x3e800000
    local.set 58
    v128.const i32x4 0x3f000000 0x3f000000 0x3f000000 0x3f000000
    local.set 64
    local.get 0
    v128.load align=4
    local.set 5
    local.get 5
    local.set 6
    local.get 1
    i32.load
    local.set 7
    local.get 1
    i32.load offset=4
    local.set 8
    loop ;; label = @1
      local.get 2
      i32.load offset=4
      local.set 10
      local.get 7
      local.get 10
      i32.const 8
      i32.mul
      i32.add
      local.set 14
      local.get 2
      i32.load
      local.set 9
      local.get 7
      local.get 9
      i32.const 8
      i32.mul
      i32.add
      local.set 13
      local.get 13
      v128.load64_zero align=4
      local.set 21
      local.get 14
      local.get 21
      v128.load64_lane align=4 1
      local.set 22
      local.get 2
      i32.load offset=12
      local.set 12
      local.get 7
      local.get 12
      i32.const 8
      i32.mul
      i32.add
      local.set 16
      local.get 2
      i32.load offset=8
      local.set 11
      local.get 7
      local.get 11
      i32.const 8
      i32.mul
      i32.add
      local.set 15
      local.get 15
      v128.load64_zero align=4
      local.set 23
      local.get 16
      local.get 23
      v128.load64_lane align=4 1
      local.set 24
      local.get 22
      local.get 24
      i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
      local.set 25
      local.get 6
      local.get 6
      i8x16.shuffle 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3
      local.set 26
      local.get 25
      local.get 26
      local.get 27
      f32x4.relaxed_madd
      local.set 28
      local.get 22
      local.get 24
      i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31
      local.set 29
      local.get 6
      local.get 6
      i8x16.shuffle 4 5 6 7 4 5 6 7 4 5 6 7 4 5 6 7
      local.set 30
      local.get 29
      local.get 30
      local.get 28
      f32x4.relaxed_madd
      local.set 31
      local.get 31
      f32x4.abs
      local.set 34
      local.get 34
      local.get 32
      f32x4.lt
      local.set 35
      local.get 35
      local.get 33
      v128.and
      local.set 36
      local.get 31
      local.get 36
      v128.andnot
      local.set 37
      local.get 8
      local.get 12
      i32.const 4
      i32.mul
      i32.add
      local.set 20
      local.get 8
      local.get 11
      i32.const 4
      i32.mul
      i32.add
      local.set 19
      local.get 8
      local.get 10
      i32.const 4
      i32.mul
      i32.add
      local.set 18
      local.get 8
      local.get 9
      i32.const 4
      i32.mul
      i32.add
      local.set 17
      local.get 17
      v128.load32_zero
      local.set 38
      local.get 18
      local.get 38
      v128.load32_lane 1
      local.set 39
      local.get 19
      local.get 39
      v128.load32_lane 2
      local.set 40
      local.get 20
      local.get 40
      v128.load32_lane 3
      local.set 41
      local.get 37
      local.get 41
      f32x4.sub
      local.set 42
      local.get 42
      f32x4.abs
      local.set 43
      local.get 43
      local.get 32
      f32x4.lt
      local.set 44
      local.get 44
      local.get 33
      v128.and
      local.set 45
      local.get 42
      local.get 45
      v128.andnot
      local.set 46
      local.get 46
      local.get 64
      f32x4.mul
      local.set 65
      local.get 65
      f32x4.abs
      local.set 66
      local.get 66
      local.get 32
      f32x4.lt
      local.set 67
      local.get 67
      local.get 33
      v128.and
      local.set 68
      local.get 65
      local.get 68
      v128.andnot
      local.set 69
      local.get 69
      local.get 69
      i8x16.shuffle 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3
      local.set 70
      local.get 22
      local.get 70
      f32x4.mul
      local.set 71
      local.get 69
      local.get 69
      i8x16.shuffle 4 5 6 7 4 5 6 7 4 5 6 7 4 5 6 7
      local.set 73
      local.get 14
      v128.load64_zero align=4
      local.set 72
      local.get 72
      local.get 73
      f32x4.mul
      local.set 74
      local.get 72
      local.get 73
      local.get 71
      f32x4.relaxed_madd
      local.set 76
      local.get 71
      local.get 74
      f32x4.add
      local.set 75
      local.get 46
      local.get 46
      i8x16.shuffle 4 5 6 7 4 5 6 7 4 5 6 7 4 5 6 7
      local.set 47
      local.get 47
      local.get 47
      f32x4.mul
      local.set 48
      local.get 46
      local.get 46
      local.get 48
      f32x4.relaxed_madd
      local.set 49
      local.get 69
      local.get 69
      i8x16.shuffle 8 9 10 11 8 9 10 11 8 9 10 11 8 9 10 11
      local.set 77
      local.get 69
      local.get 69
      i8x16.shuffle 12 13 14 15 12 13 14 15 12 13 14 15 12 13 14 15
      local.set 82
      local.get 24
      local.get 77
      f32x4.mul
      local.set 78
      local.get 24
      local.get 77
      local.get 76
      f32x4.relaxed_madd
      local.set 80
      local.get 16
      v128.load64_zero align=4
      local.set 81
      local.get 81
      local.get 82
      local.get 80
      f32x4.relaxed_madd
      local.set 85
      local.get 81
      local.get 82
      f32x4.mul
      local.set 83
      local.get 75
      local.get 78
      f32x4.add
      local.set 79
      local.get 79
      local.get 83
      f32x4.add
      local.set 84
      local.get 85
      local.get 84
      i8x16.shuffle 16 17 18 19 4 5 6 7 8 9 10 11 12 13 14 15
      local.set 86
      local.get 46
      local.get 46
      i8x16.shuffle 8 9 10 11 8 9 10 11 8 9 10 11 8 9 10 11
      local.set 50
      local.get 46
      local.get 46
      i8x16.shuffle 12 13 14 15 12 13 14 15 12 13 14 15 12 13 14 15
      local.set 52
      local.get 50
      local.get 50
      local.get 49
      f32x4.relaxed_madd
      local.set 51
      local.get 52
      local.get 52
      local.get 51
      f32x4.relaxed_madd
      local.set 53
      local.get 86
      f32x4.abs
      local.set 87
      local.get 87
      local.get 32
      f32x4.lt
      local.set 88
      local.get 88
      local.get 33
      v128.and
      local.set 89
      local.get 86
      local.get 89
      v128.andnot
      local.set 90
      local.get 0
      v128.load32_splat offset=64
      local.set 91
      local.get 91
      f32x4.neg
      local.set 92
      local.get 92
      local.get 90
      local.get 6
      f32x4.relaxed_madd
      local.set 93
      local.get 53
      f32x4.abs
      local.set 54
      local.get 54
      local.get 32
      f32x4.lt
      local.set 55
      local.get 55
      local.get 33
      v128.and
      local.set 56
      local.get 53
      local.get 56
      v128.andnot
      local.set 57
      local.get 57
      local.get 58
      f32x4.mul
      local.set 59
      local.get 59
      f32x4.abs
      local.set 60
      local.get 60
      local.get 32
      f32x4.lt
      local.set 61
      local.get 61
      local.get 33
      v128.and
      local.set 62
      local.get 59
      local.get 62
      v128.andnot
      local.set 63
      local.get 93
      f32x4.abs
      local.set 94
      local.get 94
      local.get 32
      f32x4.lt
      local.set 95
      local.get 95
      local.get 33
      v128.and
      local.set 96
      local.get 93
      local.get 96
      v128.andnot
      local.set 97
      local.get 63
      local.get 97
      i8x16.shuffle 0 1 2 3 16 17 18 19 20 21 22 23 0 1 2 3
      local.set 98
      local.get 4
      local.get 98
      v128.store64_lane align=4 0
      local.get 4
      local.get 98
      v128.store32_lane offset=8 2
      local.get 4
      i32.const 12
      i32.add
      local.set 4
      local.get 97
      local.set 6
      local.get 2
      i32.const 16
      i32.add
      local.set 2
      local.get 3
      i32.const 1
      i32.sub
      local.tee 3
      br_if 0 (;@1;)
    end
    local.get 0
    local.get 6
    v128.store align=4
  )
)
