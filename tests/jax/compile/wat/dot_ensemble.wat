(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 i32 i32 i32)))
  (type (;2;) (func (param v128 v128 v128) (result v128)))
  (type (;3;) (func (param f32 f32 f32) (result f32)))
  (import "env" "memory" (memory (;0;) 1))
  (export "0" (func 0))
  (func (;0;) (type 0) (param i32)
    (local i32 i32 i32 i32 i32 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 i32 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
    v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
    local.set 7
    v128.const i32x4 0x00800000 0x00800000 0x00800000 0x00800000
    local.set 50
    v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff
    local.set 51
    local.get 0
    i32.const 2400
    i32.add
    local.set 1
    local.get 0
    i32.const 2432
    i32.add
    local.set 2
    local.get 0
    i32.const 0
    i32.add
    local.set 3
    i32.const 37
    local.set 4
    loop ;; label = @1
      local.get 3
      i32.const 0
      i32.add
      local.set 5
      local.get 1
      i32.const 0
      i32.add
      local.set 6
      local.get 7
      local.set 8
      local.get 6
      v128.load align=4
      local.set 16
      local.get 5
      v128.load32_splat
      local.set 17
      local.get 17
      local.get 16
      local.get 8
      f32x4.relaxed_madd
      local.set 18
      local.get 7
      local.set 9
      local.get 7
      local.set 10
      local.get 7
      local.set 11
      local.get 7
      local.set 12
      local.get 7
      local.set 13
      local.get 7
      local.set 14
      local.get 7
      local.set 15
      local.get 18
      local.set 8
      local.get 5
      v128.load32_splat offset=8
      local.set 19
      local.get 19
      local.get 16
      local.get 9
      f32x4.relaxed_madd
      local.set 20
      local.get 20
      local.set 9
      local.get 5
      v128.load32_splat offset=16
      local.set 21
      local.get 21
      local.get 16
      local.get 10
      f32x4.relaxed_madd
      local.set 22
      local.get 22
      local.set 10
      local.get 5
      v128.load32_splat offset=24
      local.set 23
      local.get 23
      local.get 16
      local.get 11
      f32x4.relaxed_madd
      local.set 24
      local.get 24
      local.set 11
      local.get 5
      v128.load32_splat offset=32
      local.set 25
      local.get 25
      local.get 16
      local.get 12
      f32x4.relaxed_madd
      local.set 26
      local.get 26
      local.set 12
      local.get 5
      v128.load32_splat offset=40
      local.set 27
      local.get 27
      local.get 16
      local.get 13
      f32x4.relaxed_madd
      local.set 28
      local.get 28
      local.set 13
      local.get 5
      v128.load32_splat offset=48
      local.set 29
      local.get 29
      local.get 16
      local.get 14
      f32x4.relaxed_madd
      local.set 30
      local.get 30
      local.set 14
      local.get 5
      v128.load32_splat offset=56
      local.set 31
      local.get 31
      local.get 16
      local.get 15
      f32x4.relaxed_madd
      local.set 32
      local.get 32
      local.set 15
      local.get 6
      v128.load offset=16 align=4
      local.set 33
      local.get 5
      v128.load32_splat offset=4
      local.set 34
      local.get 34
      local.get 33
      local.get 8
      f32x4.relaxed_madd
      local.set 35
      local.get 35
      local.set 8
      local.get 5
      v128.load32_splat offset=12
      local.set 36
      local.get 36
      local.get 33
      local.get 9
      f32x4.relaxed_madd
      local.set 37
      local.get 37
      local.set 9
      local.get 5
      v128.load32_splat offset=20
      local.set 38
      local.get 38
      local.get 33
      local.get 10
      f32x4.relaxed_madd
      local.set 39
      local.get 39
      local.set 10
      local.get 5
      v128.load32_splat offset=28
      local.set 40
      local.get 40
      local.get 33
      local.get 11
      f32x4.relaxed_madd
      local.set 41
      local.get 41
      local.set 11
      local.get 5
      v128.load32_splat offset=36
      local.set 42
      local.get 42
      local.get 33
      local.get 12
      f32x4.relaxed_madd
      local.set 43
      local.get 43
      local.set 12
      local.get 5
      v128.load32_splat offset=44
      local.set 44
      local.get 44
      local.get 33
      local.get 13
      f32x4.relaxed_madd
      local.set 45
      local.get 45
      local.set 13
      local.get 5
      v128.load32_splat offset=52
      local.set 46
      local.get 46
      local.get 33
      local.get 14
      f32x4.relaxed_madd
      local.set 47
      local.get 47
      local.set 14
      local.get 5
      v128.load32_splat offset=60
      local.set 48
      local.get 48
      local.get 33
      local.get 15
      f32x4.relaxed_madd
      local.set 49
      local.get 49
      local.set 15
      local.get 8
      f32x4.abs
      local.set 52
      local.get 52
      local.get 50
      f32x4.lt
      local.set 53
      local.get 53
      local.get 51
      v128.and
      local.set 54
      local.get 8
      local.get 54
      v128.andnot
      local.set 55
      local.get 2
      local.get 55
      v128.store align=4
      local.get 9
      f32x4.abs
      local.set 56
      local.get 56
      local.get 50
      f32x4.lt
      local.set 57
      local.get 57
      local.get 51
      v128.and
      local.set 58
      local.get 9
      local.get 58
      v128.andnot
      local.set 59
      local.get 2
      local.get 59
      v128.store offset=16 align=4
      local.get 10
      f32x4.abs
      local.set 60
      local.get 60
      local.get 50
      f32x4.lt
      local.set 61
      local.get 61
      local.get 51
      v128.and
      local.set 62
      local.get 10
      local.get 62
      v128.andnot
      local.set 63
      local.get 2
      local.get 63
      v128.store offset=32 align=4
      local.get 11
      f32x4.abs
      local.set 64
      local.get 64
      local.get 50
      f32x4.lt
      local.set 65
      local.get 65
      local.get 51
      v128.and
      local.set 66
      local.get 11
      local.get 66
      v128.andnot
      local.set 67
      local.get 2
      local.get 67
      v128.store offset=48 align=4
      local.get 12
      f32x4.abs
      local.set 68
      local.get 68
      local.get 50
      f32x4.lt
      local.set 69
      local.get 69
      local.get 51
      v128.and
      local.set 70
      local.get 12
      local.get 70
      v128.andnot
      local.set 71
      local.get 2
      local.get 71
      v128.store offset=64 align=4
      local.get 13
      f32x4.abs
      local.set 72
      local.get 72
      local.get 50
      f32x4.lt
      local.set 73
      local.get 73
      local.get 51
      v128.and
      local.set 74
      local.get 13
      local.get 74
      v128.andnot
      local.set 75
      local.get 2
      local.get 75
      v128.store offset=80 align=4
      local.get 14
      f32x4.abs
      local.set 76
      local.get 76
      local.get 50
      f32x4.lt
      local.set 77
      local.get 77
      local.get 51
      v128.and
      local.set 78
      local.get 14
      local.get 78
      v128.andnot
      local.set 79
      local.get 2
      local.get 79
      v128.store offset=96 align=4
      local.get 15
      f32x4.abs
      local.set 80
      local.get 80
      local.get 50
      f32x4.lt
      local.set 81
      local.get 81
      local.get 51
      v128.and
      local.set 82
      local.get 15
      local.get 82
      v128.andnot
      local.set 83
      local.get 2
      local.get 83
      v128.store offset=112 align=4
      local.get 3
      i32.const 64
      i32.add
      local.set 3
      local.get 2
      i32.const 128
      i32.add
      local.set 2
      local.get 4
      i32.const 1
      i32.sub
      local.tee 4
      br_if 0 (;@1;)
    end
    local.get 3
    i32.const 0
    i32.add
    local.set 84
    local.get 1
    i32.const 0
    i32.add
    local.set 85
    local.get 7
    local.set 86
    local.get 85
    v128.load align=4
    local.set 90
    local.get 84
    v128.load32_splat
    local.set 91
    local.get 91
    local.get 90
    local.get 86
    f32x4.relaxed_madd
    local.set 92
    local.get 7
    local.set 87
    local.get 7
    local.set 88
    local.get 7
    local.set 89
    local.get 92
    local.set 86
    local.get 84
    v128.load32_splat offset=8
    local.set 93
    local.get 93
    local.get 90
    local.get 87
    f32x4.relaxed_madd
    local.set 94
    local.get 94
    local.set 87
    local.get 84
    v128.load32_splat offset=16
    local.set 95
    local.get 95
    local.get 90
    local.get 88
    f32x4.relaxed_madd
    local.set 96
    local.get 96
    local.set 88
    local.get 84
    v128.load32_splat offset=24
    local.set 97
    local.get 97
    local.get 90
    local.get 89
    f32x4.relaxed_madd
    local.set 98
    local.get 98
    local.set 89
    local.get 85
    v128.load offset=16 align=4
    local.set 99
    local.get 84
    v128.load32_splat offset=4
    local.set 100
    local.get 100
    local.get 99
    local.get 86
    f32x4.relaxed_madd
    local.set 101
    local.get 101
    local.set 86
    local.get 84
    v128.load32_splat offset=12
    local.set 102
    local.get 102
    local.get 99
    local.get 87
    f32x4.relaxed_madd
    local.set 103
    local.get 103
    local.set 87
    local.get 84
    v128.load32_splat offset=20
    local.set 104
    local.get 104
    local.get 99
    local.get 88
    f32x4.relaxed_madd
    local.set 105
    local.get 105
    local.set 88
    local.get 84
    v128.load32_splat offset=28
    local.set 106
    local.get 106
    local.get 99
    local.get 89
    f32x4.relaxed_madd
    local.set 107
    local.get 107
    local.set 89
    local.get 86
    f32x4.abs
    local.set 108
    local.get 108
    local.get 50
    f32x4.lt
    local.set 109
    local.get 109
    local.get 51
    v128.and
    local.set 110
    local.get 86
    local.get 110
    v128.andnot
    local.set 111
    local.get 2
    local.get 111
    v128.store align=4
    local.get 87
    f32x4.abs
    local.set 112
    local.get 112
    local.get 50
    f32x4.lt
    local.set 113
    local.get 113
    local.get 51
    v128.and
    local.set 114
    local.get 87
    local.get 114
    v128.andnot
    local.set 115
    local.get 2
    local.get 115
    v128.store offset=16 align=4
    local.get 88
    f32x4.abs
    local.set 116
    local.get 116
    local.get 50
    f32x4.lt
    local.set 117
    local.get 117
    local.get 51
    v128.and
    local.set 118
    local.get 88
    local.get 118
    v128.andnot
    local.set 119
    local.get 2
    local.get 119
    v128.store offset=32 align=4
    local.get 89
    f32x4.abs
    local.set 120
    local.get 120
    local.get 50
    f32x4.lt
    local.set 121
    local.get 121
    local.get 51
    v128.and
    local.set 122
    local.get 89
    local.get 122
    v128.andnot
    local.set 123
    local.get 2
    local.get 123
    v128.store offset=48 align=4
    local.get 3
    i32.const 32
    i32.add
    local.set 3
    local.get 2
    i32.const 64
    i32.add
    local.set 2
    local.get 1
    i32.const 0
    i32.add
    local.set 1
  )
)
