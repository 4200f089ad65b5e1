(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 i32 i32 i32)))
  (type (;2;) (func (param v128 v128 v128) (result v128)))
  (type (;3;) (func (param f32 f32 f32) (result f32)))
  (import "env" "memory" (memory (;0;) 1))
  (export "0" (func 0))
  (func (;0;) (type 0) (param i32)
    (local i32 i32 i32 i32 i32 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 i32 i32 i32 i32 v128 v128 v128 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
    v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
    local.set 7
    v128.const i32x4 0x00800000 0x00800000 0x00800000 0x00800000
    local.set 113
    v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff
    local.set 114
    local.get 0
    i32.const 0
    i32.add
    local.set 1
    local.get 0
    i32.const 1760
    i32.add
    local.set 2
    local.get 0
    i32.const 1120
    i32.add
    local.set 3
    local.get 2
    i32.const 0
    i32.add
    local.set 4
    local.get 3
    i32.const 0
    i32.add
    local.set 5
    local.get 1
    i32.const 0
    i32.add
    local.set 6
    local.get 6
    v128.load32_splat
    local.set 8
    local.get 5
    v128.load align=4
    local.set 14
    local.get 14
    local.get 8
    local.get 7
    f32x4.relaxed_madd
    local.set 15
    local.get 6
    v128.load32_splat offset=4
    local.set 9
    local.get 14
    local.get 9
    local.get 7
    f32x4.relaxed_madd
    local.set 16
    local.get 6
    v128.load32_splat offset=8
    local.set 10
    local.get 14
    local.get 10
    local.get 7
    f32x4.relaxed_madd
    local.set 17
    local.get 6
    v128.load32_splat offset=12
    local.set 11
    local.get 14
    local.get 11
    local.get 7
    f32x4.relaxed_madd
    local.set 18
    local.get 6
    v128.load32_splat offset=16
    local.set 12
    local.get 14
    local.get 12
    local.get 7
    f32x4.relaxed_madd
    local.set 19
    local.get 6
    v128.load32_splat offset=20
    local.set 13
    local.get 14
    local.get 13
    local.get 7
    f32x4.relaxed_madd
    local.set 20
    local.get 5
    i32.const 16
    i32.add
    local.set 5
    local.get 6
    i32.const 28
    i32.add
    local.set 6
    i32.const 9
    local.set 21
    loop ;; label = @1
      local.get 5
      v128.load align=4
      local.set 22
      local.get 6
      v128.load32_splat
      local.set 23
      local.get 22
      local.get 23
      local.get 15
      f32x4.relaxed_madd
      local.set 24
      local.get 24
      local.set 15
      local.get 6
      v128.load32_splat offset=4
      local.set 25
      local.get 22
      local.get 25
      local.get 16
      f32x4.relaxed_madd
      local.set 26
      local.get 26
      local.set 16
      local.get 6
      v128.load32_splat offset=8
      local.set 27
      local.get 22
      local.get 27
      local.get 17
      f32x4.relaxed_madd
      local.set 28
      local.get 28
      local.set 17
      local.get 6
      v128.load32_splat offset=12
      local.set 29
      local.get 22
      local.get 29
      local.get 18
      f32x4.relaxed_madd
      local.set 30
      local.get 30
      local.set 18
      local.get 6
      v128.load32_splat offset=16
      local.set 31
      local.get 22
      local.get 31
      local.get 19
      f32x4.relaxed_madd
      local.set 32
      local.get 32
      local.set 19
      local.get 6
      v128.load32_splat offset=20
      local.set 33
      local.get 22
      local.get 33
      local.get 20
      f32x4.relaxed_madd
      local.set 34
      local.get 34
      local.set 20
      local.get 5
      v128.load offset=16 align=4
      local.set 35
      local.get 6
      v128.load32_splat offset=28
      local.set 36
      local.get 35
      local.get 36
      local.get 15
      f32x4.relaxed_madd
      local.set 37
      local.get 37
      local.set 15
      local.get 6
      v128.load32_splat offset=32
      local.set 38
      local.get 35
      local.get 38
      local.get 16
      f32x4.relaxed_madd
      local.set 39
      local.get 39
      local.set 16
      local.get 6
      v128.load32_splat offset=36
      local.set 40
      local.get 35
      local.get 40
      local.get 17
      f32x4.relaxed_madd
      local.set 41
      local.get 41
      local.set 17
      local.get 6
      v128.load32_splat offset=40
      local.set 42
      local.get 35
      local.get 42
      local.get 18
      f32x4.relaxed_madd
      local.set 43
      local.get 43
      local.set 18
      local.get 6
      v128.load32_splat offset=44
      local.set 44
      local.get 35
      local.get 44
      local.get 19
      f32x4.relaxed_madd
      local.set 45
      local.get 45
      local.set 19
      local.get 6
      v128.load32_splat offset=48
      local.set 46
      local.get 35
      local.get 46
      local.get 20
      f32x4.relaxed_madd
      local.set 47
      local.get 47
      local.set 20
      local.get 5
      v128.load offset=32 align=4
      local.set 48
      local.get 6
      v128.load32_splat offset=56
      local.set 49
      local.get 48
      local.get 49
      local.get 15
      f32x4.relaxed_madd
      local.set 50
      local.get 50
      local.set 15
      local.get 6
      v128.load32_splat offset=60
      local.set 51
      local.get 48
      local.get 51
      local.get 16
      f32x4.relaxed_madd
      local.set 52
      local.get 52
      local.set 16
      local.get 6
      v128.load32_splat offset=64
      local.set 53
      local.get 48
      local.get 53
      local.get 17
      f32x4.relaxed_madd
      local.set 54
      local.get 54
      local.set 17
      local.get 6
      v128.load32_splat offset=68
      local.set 55
      local.get 48
      local.get 55
      local.get 18
      f32x4.relaxed_madd
      local.set 56
      local.get 56
      local.set 18
      local.get 6
      v128.load32_splat offset=72
      local.set 57
      local.get 48
      local.get 57
      local.get 19
      f32x4.relaxed_madd
      local.set 58
      local.get 58
      local.set 19
      local.get 6
      v128.load32_splat offset=76
      local.set 59
      local.get 48
      local.get 59
      local.get 20
      f32x4.relaxed_madd
      local.set 60
      local.get 60
      local.set 20
      local.get 5
      v128.load offset=48 align=4
      local.set 61
      local.get 6
      v128.load32_splat offset=84
      local.set 62
      local.get 61
      local.get 62
      local.get 15
      f32x4.relaxed_madd
      local.set 63
      local.get 63
      local.set 15
      local.get 6
      v128.load32_splat offset=88
      local.set 64
      local.get 61
      local.get 64
      local.get 16
      f32x4.relaxed_madd
      local.set 65
      local.get 65
      local.set 16
      local.get 6
      v128.load32_splat offset=92
      local.set 66
      local.get 61
      local.get 66
      local.get 17
      f32x4.relaxed_madd
      local.set 67
      local.get 67
      local.set 17
      local.get 6
      v128.load32_splat offset=96
      local.set 68
      local.get 61
      local.get 68
      local.get 18
      f32x4.relaxed_madd
      local.set 69
      local.get 69
      local.set 18
      local.get 6
      v128.load32_splat offset=100
      local.set 70
      local.get 61
      local.get 70
      local.get 19
      f32x4.relaxed_madd
      local.set 71
      local.get 71
      local.set 19
      local.get 6
      v128.load32_splat offset=104
      local.set 72
      local.get 61
      local.get 72
      local.get 20
      f32x4.relaxed_madd
      local.set 73
      local.get 73
      local.set 20
      local.get 5
      i32.const 64
      i32.add
      local.set 5
      local.get 6
      i32.const 112
      i32.add
      local.set 6
      local.get 21
      i32.const 1
      i32.sub
      local.tee 21
      br_if 0 (;@1;)
    end
    local.get 5
    v128.load align=4
    local.set 74
    local.get 6
    v128.load32_splat
    local.set 75
    local.get 74
    local.get 75
    local.get 15
    f32x4.relaxed_madd
    local.set 76
    local.get 76
    local.set 15
    local.get 6
    v128.load32_splat offset=4
    local.set 77
    local.get 74
    local.get 77
    local.get 16
    f32x4.relaxed_madd
    local.set 78
    local.get 78
    local.set 16
    local.get 6
    v128.load32_splat offset=8
    local.set 79
    local.get 74
    local.get 79
    local.get 17
    f32x4.relaxed_madd
    local.set 80
    local.get 80
    local.set 17
    local.get 6
    v128.load32_splat offset=12
    local.set 81
    local.get 74
    local.get 81
    local.get 18
    f32x4.relaxed_madd
    local.set 82
    local.get 82
    local.set 18
    local.get 6
    v128.load32_splat offset=16
    local.set 83
    local.get 74
    local.get 83
    local.get 19
    f32x4.relaxed_madd
    local.set 84
    local.get 84
    local.set 19
    local.get 6
    v128.load32_splat offset=20
    local.set 85
    local.get 74
    local.get 85
    local.get 20
    f32x4.relaxed_madd
    local.set 86
    local.get 86
    local.set 20
    local.get 5
    v128.load offset=16 align=4
    local.set 87
    local.get 6
    v128.load32_splat offset=28
    local.set 88
    local.get 87
    local.get 88
    local.get 15
    f32x4.relaxed_madd
    local.set 89
    local.get 89
    local.set 15
    local.get 6
    v128.load32_splat offset=32
    local.set 90
    local.get 87
    local.get 90
    local.get 16
    f32x4.relaxed_madd
    local.set 91
    local.get 91
    local.set 16
    local.get 6
    v128.load32_splat offset=36
    local.set 92
    local.get 87
    local.get 92
    local.get 17
    f32x4.relaxed_madd
    local.set 93
    local.get 93
    local.set 17
    local.get 6
    v128.load32_splat offset=40
    local.set 94
    local.get 87
    local.get 94
    local.get 18
    f32x4.relaxed_madd
    local.set 95
    local.get 95
    local.set 18
    local.get 6
    v128.load32_splat offset=44
    local.set 96
    local.get 87
    local.get 96
    local.get 19
    f32x4.relaxed_madd
    local.set 97
    local.get 97
    local.set 19
    local.get 6
    v128.load32_splat offset=48
    local.set 98
    local.get 87
    local.get 98
    local.get 20
    f32x4.relaxed_madd
    local.set 99
    local.get 99
    local.set 20
    local.get 5
    v128.load offset=32 align=4
    local.set 100
    local.get 6
    v128.load32_splat offset=56
    local.set 101
    local.get 100
    local.get 101
    local.get 15
    f32x4.relaxed_madd
    local.set 102
    local.get 102
    local.set 15
    local.get 6
    v128.load32_splat offset=60
    local.set 103
    local.get 100
    local.get 103
    local.get 16
    f32x4.relaxed_madd
    local.set 104
    local.get 104
    local.set 16
    local.get 6
    v128.load32_splat offset=64
    local.set 105
    local.get 100
    local.get 105
    local.get 17
    f32x4.relaxed_madd
    local.set 106
    local.get 106
    local.set 17
    local.get 6
    v128.load32_splat offset=68
    local.set 107
    local.get 100
    local.get 107
    local.get 18
    f32x4.relaxed_madd
    local.set 108
    local.get 108
    local.set 18
    local.get 6
    v128.load32_splat offset=72
    local.set 109
    local.get 100
    local.get 109
    local.get 19
    f32x4.relaxed_madd
    local.set 110
    local.get 110
    local.set 19
    local.get 6
    v128.load32_splat offset=76
    local.set 111
    local.get 100
    local.get 111
    local.get 20
    f32x4.relaxed_madd
    local.set 112
    local.get 112
    local.set 20
    local.get 15
    f32x4.abs
    local.set 115
    local.get 115
    local.get 113
    f32x4.lt
    local.set 116
    local.get 116
    local.get 114
    v128.and
    local.set 117
    local.get 15
    local.get 117
    v128.andnot
    local.set 118
    local.get 4
    local.get 118
    v128.store align=4
    local.get 16
    f32x4.abs
    local.set 119
    local.get 119
    local.get 113
    f32x4.lt
    local.set 120
    local.get 120
    local.get 114
    v128.and
    local.set 121
    local.get 16
    local.get 121
    v128.andnot
    local.set 122
    local.get 4
    local.get 122
    v128.store offset=16 align=4
    local.get 17
    f32x4.abs
    local.set 123
    local.get 123
    local.get 113
    f32x4.lt
    local.set 124
    local.get 124
    local.get 114
    v128.and
    local.set 125
    local.get 17
    local.get 125
    v128.andnot
    local.set 126
    local.get 4
    local.get 126
    v128.store offset=32 align=4
    local.get 18
    f32x4.abs
    local.set 127
    local.get 127
    local.get 113
    f32x4.lt
    local.set 128
    local.get 128
    local.get 114
    v128.and
    local.set 129
    local.get 18
    local.get 129
    v128.andnot
    local.set 130
    local.get 4
    local.get 130
    v128.store offset=48 align=4
    local.get 19
    f32x4.abs
    local.set 131
    local.get 131
    local.get 113
    f32x4.lt
    local.set 132
    local.get 132
    local.get 114
    v128.and
    local.set 133
    local.get 19
    local.get 133
    v128.andnot
    local.set 134
    local.get 4
    local.get 134
    v128.store offset=64 align=4
    local.get 20
    f32x4.abs
    local.set 135
    local.get 135
    local.get 113
    f32x4.lt
    local.set 136
    local.get 136
    local.get 114
    v128.and
    local.set 137
    local.get 20
    local.get 137
    v128.andnot
    local.set 138
    local.get 4
    local.get 138
    v128.store offset=80 align=4
    local.get 3
    i32.const 16
    i32.add
    local.set 3
    local.get 4
    i32.const 16
    i32.add
    local.set 4
    local.get 1
    i32.const 24
    i32.add
    local.set 1
    local.get 2
    i32.const 96
    i32.add
    local.set 2
    local.get 0
    i32.const 1120
    i32.add
    local.set 139
    local.get 2
    i32.const 0
    i32.add
    local.set 140
    local.get 139
    i32.const 0
    i32.add
    local.set 141
    local.get 1
    i32.const 0
    i32.add
    local.set 142
    local.get 142
    v128.load32_splat
    local.set 143
    local.get 141
    v128.load align=4
    local.set 144
    local.get 144
    local.get 143
    local.get 7
    f32x4.relaxed_madd
    local.set 145
    local.get 141
    i32.const 16
    i32.add
    local.set 141
    local.get 142
    i32.const 28
    i32.add
    local.set 142
    i32.const 9
    local.set 146
    loop ;; label = @1
      local.get 142
      v128.load32_splat
      local.set 147
      local.get 141
      v128.load align=4
      local.set 148
      local.get 148
      local.get 147
      local.get 145
      f32x4.relaxed_madd
      local.set 149
      local.get 149
      local.set 145
      local.get 142
      v128.load32_splat offset=28
      local.set 150
      local.get 141
      v128.load offset=16 align=4
      local.set 151
      local.get 151
      local.get 150
      local.get 145
      f32x4.relaxed_madd
      local.set 152
      local.get 152
      local.set 145
      local.get 142
      v128.load32_splat offset=56
      local.set 153
      local.get 141
      v128.load offset=32 align=4
      local.set 154
      local.get 154
      local.get 153
      local.get 145
      f32x4.relaxed_madd
      local.set 155
      local.get 155
      local.set 145
      local.get 142
      v128.load32_splat offset=84
      local.set 156
      local.get 141
      v128.load offset=48 align=4
      local.set 157
      local.get 157
      local.get 156
      local.get 145
      f32x4.relaxed_madd
      local.set 158
      local.get 158
      local.set 145
      local.get 141
      i32.const 64
      i32.add
      local.set 141
      local.get 142
      i32.const 112
      i32.add
      local.set 142
      local.get 146
      i32.const 1
      i32.sub
      local.tee 146
      br_if 0 (;@1;)
    end
    local.get 142
    v128.load32_splat
    local.set 159
    local.get 141
    v128.load align=4
    local.set 160
    local.get 160
    local.get 159
    local.get 145
    f32x4.relaxed_madd
    local.set 161
    local.get 161
    local.set 145
    local.get 142
    v128.load32_splat offset=28
    local.set 162
    local.get 141
    v128.load offset=16 align=4
    local.set 163
    local.get 163
    local.get 162
    local.get 145
    f32x4.relaxed_madd
    local.set 164
    local.get 164
    local.set 145
    local.get 142
    v128.load32_splat offset=56
    local.set 165
    local.get 141
    v128.load offset=32 align=4
    local.set 166
    local.get 166
    local.get 165
    local.get 145
    f32x4.relaxed_madd
    local.set 167
    local.get 167
    local.set 145
    local.get 145
    f32x4.abs
    local.set 168
    local.get 168
    local.get 113
    f32x4.lt
    local.set 169
    local.get 169
    local.get 114
    v128.and
    local.set 170
    local.get 145
    local.get 170
    v128.andnot
    local.set 171
    local.get 140
    local.get 171
    v128.store align=4
    local.get 139
    i32.const 16
    i32.add
    local.set 139
    local.get 140
    i32.const 16
    i32.add
    local.set 140
    local.get 1
    i32.const 4
    i32.add
    local.set 1
    local.get 2
    i32.const 16
    i32.add
    local.set 2
  )
)
