(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 i32 i32 i32)))
  (type (;2;) (func (param v128 v128 v128) (result v128)))
  (type (;3;) (func (param f32 f32 f32) (result f32)))
  (import "env" "memory" (memory (;0;) 1))
  (export "0" (func 0))
  (func (;0;) (type 0) (param i32)
    (local i32 i32 i32 i32 i32 i32 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 i32 i32 i32 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
    v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
    local.set 8
    v128.const i32x4 0x00800000 0x00800000 0x00800000 0x00800000
    local.set 75
    v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff
    local.set 76
    local.get 0
    i32.const 0
    i32.add
    local.set 1
    local.get 0
    i32.const 1760
    i32.add
    local.set 2
    i32.const 2
    local.set 3
    loop ;; label = @1
      local.get 0
      i32.const 1120
      i32.add
      local.set 4
      local.get 2
      i32.const 0
      i32.add
      local.set 5
      local.get 4
      i32.const 0
      i32.add
      local.set 6
      local.get 1
      i32.const 0
      i32.add
      local.set 7
      local.get 6
      v128.load align=4
      local.set 9
      local.get 7
      v128.load32_splat
      local.set 10
      local.get 9
      local.get 10
      local.get 8
      f32x4.relaxed_madd
      local.set 13
      local.get 7
      v128.load32_splat offset=160
      local.set 11
      local.get 9
      local.get 11
      local.get 8
      f32x4.relaxed_madd
      local.set 14
      local.get 7
      v128.load32_splat offset=320
      local.set 12
      local.get 9
      local.get 12
      local.get 8
      f32x4.relaxed_madd
      local.set 15
      local.get 6
      v128.load offset=16 align=4
      local.set 16
      local.get 7
      v128.load32_splat offset=4
      local.set 17
      local.get 16
      local.get 17
      local.get 8
      f32x4.relaxed_madd
      local.set 20
      local.get 7
      v128.load32_splat offset=164
      local.set 18
      local.get 16
      local.get 18
      local.get 8
      f32x4.relaxed_madd
      local.set 21
      local.get 7
      v128.load32_splat offset=324
      local.set 19
      local.get 16
      local.get 19
      local.get 8
      f32x4.relaxed_madd
      local.set 22
      local.get 6
      v128.load offset=32 align=4
      local.set 23
      local.get 7
      v128.load32_splat offset=8
      local.set 24
      local.get 23
      local.get 24
      local.get 8
      f32x4.relaxed_madd
      local.set 27
      local.get 7
      v128.load32_splat offset=168
      local.set 25
      local.get 23
      local.get 25
      local.get 8
      f32x4.relaxed_madd
      local.set 28
      local.get 7
      v128.load32_splat offset=328
      local.set 26
      local.get 23
      local.get 26
      local.get 8
      f32x4.relaxed_madd
      local.set 29
      local.get 6
      v128.load offset=48 align=4
      local.set 30
      local.get 7
      v128.load32_splat offset=12
      local.set 31
      local.get 30
      local.get 31
      local.get 8
      f32x4.relaxed_madd
      local.set 34
      local.get 7
      v128.load32_splat offset=172
      local.set 32
      local.get 30
      local.get 32
      local.get 8
      f32x4.relaxed_madd
      local.set 35
      local.get 7
      v128.load32_splat offset=332
      local.set 33
      local.get 30
      local.get 33
      local.get 8
      f32x4.relaxed_madd
      local.set 36
      local.get 6
      i32.const 64
      i32.add
      local.set 6
      local.get 7
      i32.const 16
      i32.add
      local.set 7
      i32.const 9
      local.set 37
      loop ;; label = @2
        local.get 6
        v128.load align=4
        local.set 38
        local.get 7
        v128.load32_splat
        local.set 39
        local.get 38
        local.get 39
        local.get 13
        f32x4.relaxed_madd
        local.set 42
        local.get 7
        v128.load32_splat offset=160
        local.set 40
        local.get 7
        v128.load32_splat offset=320
        local.set 41
        local.get 42
        local.set 13
        local.get 38
        local.get 40
        local.get 14
        f32x4.relaxed_madd
        local.set 43
        local.get 43
        local.set 14
        local.get 38
        local.get 41
        local.get 15
        f32x4.relaxed_madd
        local.set 44
        local.get 44
        local.set 15
        local.get 6
        v128.load offset=16 align=4
        local.set 45
        local.get 7
        v128.load32_splat offset=4
        local.set 46
        local.get 45
        local.get 46
        local.get 20
        f32x4.relaxed_madd
        local.set 49
        local.get 7
        v128.load32_splat offset=164
        local.set 47
        local.get 7
        v128.load32_splat offset=324
        local.set 48
        local.get 49
        local.set 20
        local.get 45
        local.get 47
        local.get 21
        f32x4.relaxed_madd
        local.set 50
        local.get 50
        local.set 21
        local.get 45
        local.get 48
        local.get 22
        f32x4.relaxed_madd
        local.set 51
        local.get 51
        local.set 22
        local.get 6
        v128.load offset=32 align=4
        local.set 52
        local.get 7
        v128.load32_splat offset=8
        local.set 53
        local.get 52
        local.get 53
        local.get 27
        f32x4.relaxed_madd
        local.set 56
        local.get 7
        v128.load32_splat offset=168
        local.set 54
        local.get 7
        v128.load32_splat offset=328
        local.set 55
        local.get 56
        local.set 27
        local.get 52
        local.get 54
        local.get 28
        f32x4.relaxed_madd
        local.set 57
        local.get 57
        local.set 28
        local.get 52
        local.get 55
        local.get 29
        f32x4.relaxed_madd
        local.set 58
        local.get 58
        local.set 29
        local.get 6
        v128.load offset=48 align=4
        local.set 59
        local.get 7
        v128.load32_splat offset=12
        local.set 60
        local.get 59
        local.get 60
        local.get 34
        f32x4.relaxed_madd
        local.set 63
        local.get 7
        v128.load32_splat offset=172
        local.set 61
        local.get 7
        v128.load32_splat offset=332
        local.set 62
        local.get 63
        local.set 34
        local.get 59
        local.get 61
        local.get 35
        f32x4.relaxed_madd
        local.set 64
        local.get 64
        local.set 35
        local.get 59
        local.get 62
        local.get 36
        f32x4.relaxed_madd
        local.set 65
        local.get 65
        local.set 36
        local.get 6
        i32.const 64
        i32.add
        local.set 6
        local.get 7
        i32.const 16
        i32.add
        local.set 7
        local.get 37
        i32.const 1
        i32.sub
        local.tee 37
        br_if 0 (;@2;)
      end
      local.get 6
      i32.const 0
      i32.add
      local.set 6
      local.get 7
      i32.const 0
      i32.add
      local.set 7
      local.get 13
      local.get 20
      f32x4.add
      local.set 66
      local.get 27
      local.get 34
      f32x4.add
      local.set 67
      local.get 66
      local.get 67
      f32x4.add
      local.set 68
      local.get 14
      local.get 21
      f32x4.add
      local.set 69
      local.get 28
      local.get 35
      f32x4.add
      local.set 70
      local.get 69
      local.get 70
      f32x4.add
      local.set 71
      local.get 15
      local.get 22
      f32x4.add
      local.set 72
      local.get 29
      local.get 36
      f32x4.add
      local.set 73
      local.get 72
      local.get 73
      f32x4.add
      local.set 74
      local.get 68
      f32x4.abs
      local.set 77
      local.get 77
      local.get 75
      f32x4.lt
      local.set 78
      local.get 78
      local.get 76
      v128.and
      local.set 79
      local.get 68
      local.get 79
      v128.andnot
      local.set 80
      local.get 5
      local.get 80
      v128.store align=4
      local.get 71
      f32x4.abs
      local.set 81
      local.get 81
      local.get 75
      f32x4.lt
      local.set 82
      local.get 82
      local.get 76
      v128.and
      local.set 83
      local.get 71
      local.get 83
      v128.andnot
      local.set 84
      local.get 5
      local.get 84
      v128.store offset=16 align=4
      local.get 74
      f32x4.abs
      local.set 85
      local.get 85
      local.get 75
      f32x4.lt
      local.set 86
      local.get 86
      local.get 76
      v128.and
      local.set 87
      local.get 74
      local.get 87
      v128.andnot
      local.set 88
      local.get 5
      local.get 88
      v128.store offset=32 align=4
      local.get 4
      i32.const 16
      i32.add
      local.set 4
      local.get 5
      i32.const 16
      i32.add
      local.set 5
      local.get 1
      i32.const 480
      i32.add
      local.set 1
      local.get 2
      i32.const 48
      i32.add
      local.set 2
      local.get 3
      i32.const 1
      i32.sub
      local.tee 3
      br_if 0 (;@1;)
    end
    local.get 0
    i32.const 1120
    i32.add
    local.set 89
    local.get 2
    i32.const 0
    i32.add
    local.set 90
    local.get 89
    i32.const 0
    i32.add
    local.set 91
    local.get 1
    i32.const 0
    i32.add
    local.set 92
    local.get 91
    v128.load align=4
    local.set 93
    local.get 92
    v128.load32_splat
    local.set 94
    local.get 93
    local.get 94
    local.get 8
    f32x4.relaxed_madd
    local.set 95
    local.get 91
    v128.load offset=16 align=4
    local.set 96
    local.get 92
    v128.load32_splat offset=4
    local.set 97
    local.get 96
    local.get 97
    local.get 8
    f32x4.relaxed_madd
    local.set 98
    local.get 91
    v128.load offset=32 align=4
    local.set 99
    local.get 92
    v128.load32_splat offset=8
    local.set 100
    local.get 99
    local.get 100
    local.get 8
    f32x4.relaxed_madd
    local.set 101
    local.get 91
    v128.load offset=48 align=4
    local.set 102
    local.get 92
    v128.load32_splat offset=12
    local.set 103
    local.get 102
    local.get 103
    local.get 8
    f32x4.relaxed_madd
    local.set 104
    local.get 91
    i32.const 64
    i32.add
    local.set 91
    local.get 92
    i32.const 16
    i32.add
    local.set 92
    i32.const 9
    local.set 105
    loop ;; label = @1
      local.get 91
      v128.load align=4
      local.set 106
      local.get 92
      v128.load32_splat
      local.set 107
      local.get 106
      local.get 107
      local.get 95
      f32x4.relaxed_madd
      local.set 108
      local.get 108
      local.set 95
      local.get 91
      v128.load offset=16 align=4
      local.set 109
      local.get 92
      v128.load32_splat offset=4
      local.set 110
      local.get 109
      local.get 110
      local.get 98
      f32x4.relaxed_madd
      local.set 111
      local.get 111
      local.set 98
      local.get 91
      v128.load offset=32 align=4
      local.set 112
      local.get 92
      v128.load32_splat offset=8
      local.set 113
      local.get 112
      local.get 113
      local.get 101
      f32x4.relaxed_madd
      local.set 114
      local.get 114
      local.set 101
      local.get 91
      v128.load offset=48 align=4
      local.set 115
      local.get 92
      v128.load32_splat offset=12
      local.set 116
      local.get 115
      local.get 116
      local.get 104
      f32x4.relaxed_madd
      local.set 117
      local.get 117
      local.set 104
      local.get 91
      i32.const 64
      i32.add
      local.set 91
      local.get 92
      i32.const 16
      i32.add
      local.set 92
      local.get 105
      i32.const 1
      i32.sub
      local.tee 105
      br_if 0 (;@1;)
    end
    local.get 91
    i32.const 0
    i32.add
    local.set 91
    local.get 92
    i32.const 0
    i32.add
    local.set 92
    local.get 95
    local.get 98
    f32x4.add
    local.set 118
    local.get 101
    local.get 104
    f32x4.add
    local.set 119
    local.get 118
    local.get 119
    f32x4.add
    local.set 120
    local.get 120
    f32x4.abs
    local.set 121
    local.get 121
    local.get 75
    f32x4.lt
    local.set 122
    local.get 122
    local.get 76
    v128.and
    local.set 123
    local.get 120
    local.get 123
    v128.andnot
    local.set 124
    local.get 90
    local.get 124
    v128.store align=4
    local.get 89
    i32.const 16
    i32.add
    local.set 89
    local.get 90
    i32.const 16
    i32.add
    local.set 90
    local.get 1
    i32.const 160
    i32.add
    local.set 1
    local.get 2
    i32.const 16
    i32.add
    local.set 2
  )
)
