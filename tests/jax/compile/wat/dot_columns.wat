(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 i32 i32 i32)))
  (type (;2;) (func (param v128 v128 v128) (result v128)))
  (type (;3;) (func (param f32 f32 f32) (result f32)))
  (import "env" "memory" (memory (;0;) 1))
  (export "0" (func 0))
  (func (;0;) (type 0) (param i32)
    (local i32 i32 i32 i32 i32 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 i32 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 i32 i32 i32 i32 v128 v128 v128 v128 v128 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 i32 i32 v128 v128 v128 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
    v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
    local.set 7
    v128.const i32x4 0x00800000 0x00800000 0x00800000 0x00800000
    local.set 169
    v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff
    local.set 170
    local.get 0
    i32.const 0
    i32.add
    local.set 1
    local.get 0
    i32.const 1520
    i32.add
    local.set 2
    local.get 0
    i32.const 560
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
    v128.load32_splat offset=80
    local.set 9
    local.get 14
    local.get 9
    local.get 7
    f32x4.relaxed_madd
    local.set 16
    local.get 6
    v128.load32_splat offset=160
    local.set 10
    local.get 14
    local.get 10
    local.get 7
    f32x4.relaxed_madd
    local.set 17
    local.get 6
    v128.load32_splat offset=240
    local.set 11
    local.get 14
    local.get 11
    local.get 7
    f32x4.relaxed_madd
    local.set 18
    local.get 6
    v128.load32_splat offset=320
    local.set 12
    local.get 14
    local.get 12
    local.get 7
    f32x4.relaxed_madd
    local.set 19
    local.get 6
    v128.load32_splat offset=400
    local.set 13
    local.get 14
    local.get 13
    local.get 7
    f32x4.relaxed_madd
    local.set 20
    local.get 5
    v128.load offset=16 align=4
    local.set 21
    local.get 21
    local.get 8
    local.get 7
    f32x4.relaxed_madd
    local.set 22
    local.get 21
    local.get 9
    local.get 7
    f32x4.relaxed_madd
    local.set 23
    local.get 21
    local.get 10
    local.get 7
    f32x4.relaxed_madd
    local.set 24
    local.get 21
    local.get 11
    local.get 7
    f32x4.relaxed_madd
    local.set 25
    local.get 21
    local.get 12
    local.get 7
    f32x4.relaxed_madd
    local.set 26
    local.get 21
    local.get 13
    local.get 7
    f32x4.relaxed_madd
    local.set 27
    local.get 5
    i32.const 48
    i32.add
    local.set 5
    local.get 6
    i32.const 4
    i32.add
    local.set 6
    i32.const 4
    local.set 28
    loop ;; label = @1
      local.get 5
      v128.load align=4
      local.set 29
      local.get 6
      v128.load32_splat
      local.set 31
      local.get 29
      local.get 31
      local.get 15
      f32x4.relaxed_madd
      local.set 32
      local.get 5
      v128.load offset=16 align=4
      local.set 30
      local.get 32
      local.set 15
      local.get 30
      local.get 31
      local.get 22
      f32x4.relaxed_madd
      local.set 33
      local.get 33
      local.set 22
      local.get 6
      v128.load32_splat offset=80
      local.set 34
      local.get 29
      local.get 34
      local.get 16
      f32x4.relaxed_madd
      local.set 35
      local.get 35
      local.set 16
      local.get 30
      local.get 34
      local.get 23
      f32x4.relaxed_madd
      local.set 36
      local.get 36
      local.set 23
      local.get 6
      v128.load32_splat offset=160
      local.set 37
      local.get 29
      local.get 37
      local.get 17
      f32x4.relaxed_madd
      local.set 38
      local.get 38
      local.set 17
      local.get 30
      local.get 37
      local.get 24
      f32x4.relaxed_madd
      local.set 39
      local.get 39
      local.set 24
      local.get 6
      v128.load32_splat offset=240
      local.set 40
      local.get 29
      local.get 40
      local.get 18
      f32x4.relaxed_madd
      local.set 41
      local.get 41
      local.set 18
      local.get 30
      local.get 40
      local.get 25
      f32x4.relaxed_madd
      local.set 42
      local.get 42
      local.set 25
      local.get 6
      v128.load32_splat offset=320
      local.set 43
      local.get 29
      local.get 43
      local.get 19
      f32x4.relaxed_madd
      local.set 44
      local.get 44
      local.set 19
      local.get 30
      local.get 43
      local.get 26
      f32x4.relaxed_madd
      local.set 45
      local.get 45
      local.set 26
      local.get 6
      v128.load32_splat offset=400
      local.set 46
      local.get 29
      local.get 46
      local.get 20
      f32x4.relaxed_madd
      local.set 47
      local.get 47
      local.set 20
      local.get 30
      local.get 46
      local.get 27
      f32x4.relaxed_madd
      local.set 48
      local.get 48
      local.set 27
      local.get 5
      v128.load offset=48 align=4
      local.set 49
      local.get 6
      v128.load32_splat offset=4
      local.set 51
      local.get 49
      local.get 51
      local.get 15
      f32x4.relaxed_madd
      local.set 52
      local.get 5
      v128.load offset=64 align=4
      local.set 50
      local.get 52
      local.set 15
      local.get 50
      local.get 51
      local.get 22
      f32x4.relaxed_madd
      local.set 53
      local.get 53
      local.set 22
      local.get 6
      v128.load32_splat offset=84
      local.set 54
      local.get 49
      local.get 54
      local.get 16
      f32x4.relaxed_madd
      local.set 55
      local.get 55
      local.set 16
      local.get 50
      local.get 54
      local.get 23
      f32x4.relaxed_madd
      local.set 56
      local.get 56
      local.set 23
      local.get 6
      v128.load32_splat offset=164
      local.set 57
      local.get 49
      local.get 57
      local.get 17
      f32x4.relaxed_madd
      local.set 58
      local.get 58
      local.set 17
      local.get 50
      local.get 57
      local.get 24
      f32x4.relaxed_madd
      local.set 59
      local.get 59
      local.set 24
      local.get 6
      v128.load32_splat offset=244
      local.set 60
      local.get 49
      local.get 60
      local.get 18
      f32x4.relaxed_madd
      local.set 61
      local.get 61
      local.set 18
      local.get 50
      local.get 60
      local.get 25
      f32x4.relaxed_madd
      local.set 62
      local.get 62
      local.set 25
      local.get 6
      v128.load32_splat offset=324
      local.set 63
      local.get 49
      local.get 63
      local.get 19
      f32x4.relaxed_madd
      local.set 64
      local.get 64
      local.set 19
      local.get 50
      local.get 63
      local.get 26
      f32x4.relaxed_madd
      local.set 65
      local.get 65
      local.set 26
      local.get 6
      v128.load32_splat offset=404
      local.set 66
      local.get 49
      local.get 66
      local.get 20
      f32x4.relaxed_madd
      local.set 67
      local.get 67
      local.set 20
      local.get 50
      local.get 66
      local.get 27
      f32x4.relaxed_madd
      local.set 68
      local.get 68
      local.set 27
      local.get 5
      v128.load offset=96 align=4
      local.set 69
      local.get 6
      v128.load32_splat offset=8
      local.set 71
      local.get 69
      local.get 71
      local.get 15
      f32x4.relaxed_madd
      local.set 72
      local.get 5
      v128.load offset=112 align=4
      local.set 70
      local.get 72
      local.set 15
      local.get 70
      local.get 71
      local.get 22
      f32x4.relaxed_madd
      local.set 73
      local.get 73
      local.set 22
      local.get 6
      v128.load32_splat offset=88
      local.set 74
      local.get 69
      local.get 74
      local.get 16
      f32x4.relaxed_madd
      local.set 75
      local.get 75
      local.set 16
      local.get 70
      local.get 74
      local.get 23
      f32x4.relaxed_madd
      local.set 76
      local.get 76
      local.set 23
      local.get 6
      v128.load32_splat offset=168
      local.set 77
      local.get 69
      local.get 77
      local.get 17
      f32x4.relaxed_madd
      local.set 78
      local.get 78
      local.set 17
      local.get 70
      local.get 77
      local.get 24
      f32x4.relaxed_madd
      local.set 79
      local.get 79
      local.set 24
      local.get 6
      v128.load32_splat offset=248
      local.set 80
      local.get 69
      local.get 80
      local.get 18
      f32x4.relaxed_madd
      local.set 81
      local.get 81
      local.set 18
      local.get 70
      local.get 80
      local.get 25
      f32x4.relaxed_madd
      local.set 82
      local.get 82
      local.set 25
      local.get 6
      v128.load32_splat offset=328
      local.set 83
      local.get 69
      local.get 83
      local.get 19
      f32x4.relaxed_madd
      local.set 84
      local.get 84
      local.set 19
      local.get 70
      local.get 83
      local.get 26
      f32x4.relaxed_madd
      local.set 85
      local.get 85
      local.set 26
      local.get 6
      v128.load32_splat offset=408
      local.set 86
      local.get 69
      local.get 86
      local.get 20
      f32x4.relaxed_madd
      local.set 87
      local.get 87
      local.set 20
      local.get 70
      local.get 86
      local.get 27
      f32x4.relaxed_madd
      local.set 88
      local.get 88
      local.set 27
      local.get 5
      v128.load offset=144 align=4
      local.set 89
      local.get 6
      v128.load32_splat offset=12
      local.set 91
      local.get 89
      local.get 91
      local.get 15
      f32x4.relaxed_madd
      local.set 92
      local.get 5
      v128.load offset=160 align=4
      local.set 90
      local.get 92
      local.set 15
      local.get 90
      local.get 91
      local.get 22
      f32x4.relaxed_madd
      local.set 93
      local.get 93
      local.set 22
      local.get 6
      v128.load32_splat offset=92
      local.set 94
      local.get 89
      local.get 94
      local.get 16
      f32x4.relaxed_madd
      local.set 95
      local.get 95
      local.set 16
      local.get 90
      local.get 94
      local.get 23
      f32x4.relaxed_madd
      local.set 96
      local.get 96
      local.set 23
      local.get 6
      v128.load32_splat offset=172
      local.set 97
      local.get 89
      local.get 97
      local.get 17
      f32x4.relaxed_madd
      local.set 98
      local.get 98
      local.set 17
      local.get 90
      local.get 97
      local.get 24
      f32x4.relaxed_madd
      local.set 99
      local.get 99
      local.set 24
      local.get 6
      v128.load32_splat offset=252
      local.set 100
      local.get 89
      local.get 100
      local.get 18
      f32x4.relaxed_madd
      local.set 101
      local.get 101
      local.set 18
      local.get 90
      local.get 100
      local.get 25
      f32x4.relaxed_madd
      local.set 102
      local.get 102
      local.set 25
      local.get 6
      v128.load32_splat offset=332
      local.set 103
      local.get 89
      local.get 103
      local.get 19
      f32x4.relaxed_madd
      local.set 104
      local.get 104
      local.set 19
      local.get 90
      local.get 103
      local.get 26
      f32x4.relaxed_madd
      local.set 105
      local.get 105
      local.set 26
      local.get 6
      v128.load32_splat offset=412
      local.set 106
      local.get 89
      local.get 106
      local.get 20
      f32x4.relaxed_madd
      local.set 107
      local.get 107
      local.set 20
      local.get 90
      local.get 106
      local.get 27
      f32x4.relaxed_madd
      local.set 108
      local.get 108
      local.set 27
      local.get 5
      i32.const 192
      i32.add
      local.set 5
      local.get 6
      i32.const 16
      i32.add
      local.set 6
      local.get 28
      i32.const 1
      i32.sub
      local.tee 28
      br_if 0 (;@1;)
    end
    local.get 5
    v128.load align=4
    local.set 109
    local.get 6
    v128.load32_splat
    local.set 111
    local.get 109
    local.get 111
    local.get 15
    f32x4.relaxed_madd
    local.set 112
    local.get 5
    v128.load offset=16 align=4
    local.set 110
    local.get 112
    local.set 15
    local.get 110
    local.get 111
    local.get 22
    f32x4.relaxed_madd
    local.set 113
    local.get 113
    local.set 22
    local.get 6
    v128.load32_splat offset=80
    local.set 114
    local.get 109
    local.get 114
    local.get 16
    f32x4.relaxed_madd
    local.set 115
    local.get 115
    local.set 16
    local.get 110
    local.get 114
    local.get 23
    f32x4.relaxed_madd
    local.set 116
    local.get 116
    local.set 23
    local.get 6
    v128.load32_splat offset=160
    local.set 117
    local.get 109
    local.get 117
    local.get 17
    f32x4.relaxed_madd
    local.set 118
    local.get 118
    local.set 17
    local.get 110
    local.get 117
    local.get 24
    f32x4.relaxed_madd
    local.set 119
    local.get 119
    local.set 24
    local.get 6
    v128.load32_splat offset=240
    local.set 120
    local.get 109
    local.get 120
    local.get 18
    f32x4.relaxed_madd
    local.set 121
    local.get 121
    local.set 18
    local.get 110
    local.get 120
    local.get 25
    f32x4.relaxed_madd
    local.set 122
    local.get 122
    local.set 25
    local.get 6
    v128.load32_splat offset=320
    local.set 123
    local.get 109
    local.get 123
    local.get 19
    f32x4.relaxed_madd
    local.set 124
    local.get 124
    local.set 19
    local.get 110
    local.get 123
    local.get 26
    f32x4.relaxed_madd
    local.set 125
    local.get 125
    local.set 26
    local.get 6
    v128.load32_splat offset=400
    local.set 126
    local.get 109
    local.get 126
    local.get 20
    f32x4.relaxed_madd
    local.set 127
    local.get 127
    local.set 20
    local.get 110
    local.get 126
    local.get 27
    f32x4.relaxed_madd
    local.set 128
    local.get 128
    local.set 27
    local.get 5
    v128.load offset=48 align=4
    local.set 129
    local.get 6
    v128.load32_splat offset=4
    local.set 131
    local.get 129
    local.get 131
    local.get 15
    f32x4.relaxed_madd
    local.set 132
    local.get 5
    v128.load offset=64 align=4
    local.set 130
    local.get 132
    local.set 15
    local.get 130
    local.get 131
    local.get 22
    f32x4.relaxed_madd
    local.set 133
    local.get 133
    local.set 22
    local.get 6
    v128.load32_splat offset=84
    local.set 134
    local.get 129
    local.get 134
    local.get 16
    f32x4.relaxed_madd
    local.set 135
    local.get 135
    local.set 16
    local.get 130
    local.get 134
    local.get 23
    f32x4.relaxed_madd
    local.set 136
    local.get 136
    local.set 23
    local.get 6
    v128.load32_splat offset=164
    local.set 137
    local.get 129
    local.get 137
    local.get 17
    f32x4.relaxed_madd
    local.set 138
    local.get 138
    local.set 17
    local.get 130
    local.get 137
    local.get 24
    f32x4.relaxed_madd
    local.set 139
    local.get 139
    local.set 24
    local.get 6
    v128.load32_splat offset=244
    local.set 140
    local.get 129
    local.get 140
    local.get 18
    f32x4.relaxed_madd
    local.set 141
    local.get 141
    local.set 18
    local.get 130
    local.get 140
    local.get 25
    f32x4.relaxed_madd
    local.set 142
    local.get 142
    local.set 25
    local.get 6
    v128.load32_splat offset=324
    local.set 143
    local.get 129
    local.get 143
    local.get 19
    f32x4.relaxed_madd
    local.set 144
    local.get 144
    local.set 19
    local.get 130
    local.get 143
    local.get 26
    f32x4.relaxed_madd
    local.set 145
    local.get 145
    local.set 26
    local.get 6
    v128.load32_splat offset=404
    local.set 146
    local.get 129
    local.get 146
    local.get 20
    f32x4.relaxed_madd
    local.set 147
    local.get 147
    local.set 20
    local.get 130
    local.get 146
    local.get 27
    f32x4.relaxed_madd
    local.set 148
    local.get 148
    local.set 27
    local.get 5
    v128.load offset=96 align=4
    local.set 149
    local.get 6
    v128.load32_splat offset=8
    local.set 151
    local.get 149
    local.get 151
    local.get 15
    f32x4.relaxed_madd
    local.set 152
    local.get 5
    v128.load offset=112 align=4
    local.set 150
    local.get 152
    local.set 15
    local.get 150
    local.get 151
    local.get 22
    f32x4.relaxed_madd
    local.set 153
    local.get 153
    local.set 22
    local.get 6
    v128.load32_splat offset=88
    local.set 154
    local.get 149
    local.get 154
    local.get 16
    f32x4.relaxed_madd
    local.set 155
    local.get 155
    local.set 16
    local.get 150
    local.get 154
    local.get 23
    f32x4.relaxed_madd
    local.set 156
    local.get 156
    local.set 23
    local.get 6
    v128.load32_splat offset=168
    local.set 157
    local.get 149
    local.get 157
    local.get 17
    f32x4.relaxed_madd
    local.set 158
    local.get 158
    local.set 17
    local.get 150
    local.get 157
    local.get 24
    f32x4.relaxed_madd
    local.set 159
    local.get 159
    local.set 24
    local.get 6
    v128.load32_splat offset=248
    local.set 160
    local.get 149
    local.get 160
    local.get 18
    f32x4.relaxed_madd
    local.set 161
    local.get 161
    local.set 18
    local.get 150
    local.get 160
    local.get 25
    f32x4.relaxed_madd
    local.set 162
    local.get 162
    local.set 25
    local.get 6
    v128.load32_splat offset=328
    local.set 163
    local.get 149
    local.get 163
    local.get 19
    f32x4.relaxed_madd
    local.set 164
    local.get 164
    local.set 19
    local.get 150
    local.get 163
    local.get 26
    f32x4.relaxed_madd
    local.set 165
    local.get 165
    local.set 26
    local.get 6
    v128.load32_splat offset=408
    local.set 166
    local.get 149
    local.get 166
    local.get 20
    f32x4.relaxed_madd
    local.set 167
    local.get 167
    local.set 20
    local.get 150
    local.get 166
    local.get 27
    f32x4.relaxed_madd
    local.set 168
    local.get 168
    local.set 27
    local.get 15
    f32x4.abs
    local.set 171
    local.get 171
    local.get 169
    f32x4.lt
    local.set 172
    local.get 172
    local.get 170
    v128.and
    local.set 173
    local.get 15
    local.get 173
    v128.andnot
    local.set 174
    local.get 4
    local.get 174
    v128.store align=4
    local.get 22
    f32x4.abs
    local.set 175
    local.get 175
    local.get 169
    f32x4.lt
    local.set 176
    local.get 176
    local.get 170
    v128.and
    local.set 177
    local.get 22
    local.get 177
    v128.andnot
    local.set 178
    local.get 4
    local.get 178
    v128.store offset=16 align=4
    local.get 16
    f32x4.abs
    local.set 179
    local.get 179
    local.get 169
    f32x4.lt
    local.set 180
    local.get 180
    local.get 170
    v128.and
    local.set 181
    local.get 16
    local.get 181
    v128.andnot
    local.set 182
    local.get 4
    local.get 182
    v128.store offset=48 align=4
    local.get 23
    f32x4.abs
    local.set 183
    local.get 183
    local.get 169
    f32x4.lt
    local.set 184
    local.get 184
    local.get 170
    v128.and
    local.set 185
    local.get 23
    local.get 185
    v128.andnot
    local.set 186
    local.get 4
    local.get 186
    v128.store offset=64 align=4
    local.get 17
    f32x4.abs
    local.set 187
    local.get 187
    local.get 169
    f32x4.lt
    local.set 188
    local.get 188
    local.get 170
    v128.and
    local.set 189
    local.get 17
    local.get 189
    v128.andnot
    local.set 190
    local.get 4
    local.get 190
    v128.store offset=96 align=4
    local.get 24
    f32x4.abs
    local.set 191
    local.get 191
    local.get 169
    f32x4.lt
    local.set 192
    local.get 192
    local.get 170
    v128.and
    local.set 193
    local.get 24
    local.get 193
    v128.andnot
    local.set 194
    local.get 4
    local.get 194
    v128.store offset=112 align=4
    local.get 18
    f32x4.abs
    local.set 195
    local.get 195
    local.get 169
    f32x4.lt
    local.set 196
    local.get 196
    local.get 170
    v128.and
    local.set 197
    local.get 18
    local.get 197
    v128.andnot
    local.set 198
    local.get 4
    local.get 198
    v128.store offset=144 align=4
    local.get 25
    f32x4.abs
    local.set 199
    local.get 199
    local.get 169
    f32x4.lt
    local.set 200
    local.get 200
    local.get 170
    v128.and
    local.set 201
    local.get 25
    local.get 201
    v128.andnot
    local.set 202
    local.get 4
    local.get 202
    v128.store offset=160 align=4
    local.get 19
    f32x4.abs
    local.set 203
    local.get 203
    local.get 169
    f32x4.lt
    local.set 204
    local.get 204
    local.get 170
    v128.and
    local.set 205
    local.get 19
    local.get 205
    v128.andnot
    local.set 206
    local.get 4
    local.get 206
    v128.store offset=192 align=4
    local.get 26
    f32x4.abs
    local.set 207
    local.get 207
    local.get 169
    f32x4.lt
    local.set 208
    local.get 208
    local.get 170
    v128.and
    local.set 209
    local.get 26
    local.get 209
    v128.andnot
    local.set 210
    local.get 4
    local.get 210
    v128.store offset=208 align=4
    local.get 20
    f32x4.abs
    local.set 211
    local.get 211
    local.get 169
    f32x4.lt
    local.set 212
    local.get 212
    local.get 170
    v128.and
    local.set 213
    local.get 20
    local.get 213
    v128.andnot
    local.set 214
    local.get 4
    local.get 214
    v128.store offset=240 align=4
    local.get 27
    f32x4.abs
    local.set 215
    local.get 215
    local.get 169
    f32x4.lt
    local.set 216
    local.get 216
    local.get 170
    v128.and
    local.set 217
    local.get 27
    local.get 217
    v128.andnot
    local.set 218
    local.get 4
    local.get 218
    v128.store offset=256 align=4
    local.get 3
    i32.const 32
    i32.add
    local.set 3
    local.get 4
    i32.const 32
    i32.add
    local.set 4
    local.get 3
    i32.const 0
    i32.add
    local.set 219
    local.get 1
    i32.const 0
    i32.add
    local.set 220
    local.get 220
    v128.load32_splat
    local.set 221
    local.get 219
    v128.load align=4
    local.set 227
    local.get 227
    local.get 221
    local.get 7
    f32x4.relaxed_madd
    local.set 228
    local.get 220
    v128.load32_splat offset=80
    local.set 222
    local.get 227
    local.get 222
    local.get 7
    f32x4.relaxed_madd
    local.set 229
    local.get 220
    v128.load32_splat offset=160
    local.set 223
    local.get 227
    local.get 223
    local.get 7
    f32x4.relaxed_madd
    local.set 230
    local.get 220
    v128.load32_splat offset=240
    local.set 224
    local.get 227
    local.get 224
    local.get 7
    f32x4.relaxed_madd
    local.set 231
    local.get 220
    v128.load32_splat offset=320
    local.set 225
    local.get 227
    local.get 225
    local.get 7
    f32x4.relaxed_madd
    local.set 232
    local.get 220
    v128.load32_splat offset=400
    local.set 226
    local.get 227
    local.get 226
    local.get 7
    f32x4.relaxed_madd
    local.set 233
    local.get 219
    i32.const 48
    i32.add
    local.set 219
    local.get 220
    i32.const 4
    i32.add
    local.set 220
    i32.const 4
    local.set 234
    loop ;; label = @1
      local.get 219
      v128.load align=4
      local.set 235
      local.get 220
      v128.load32_splat
      local.set 236
      local.get 235
      local.get 236
      local.get 228
      f32x4.relaxed_madd
      local.set 237
      local.get 237
      local.set 228
      local.get 220
      v128.load32_splat offset=80
      local.set 238
      local.get 235
      local.get 238
      local.get 229
      f32x4.relaxed_madd
      local.set 239
      local.get 239
      local.set 229
      local.get 220
      v128.load32_splat offset=160
      local.set 240
      local.get 235
      local.get 240
      local.get 230
      f32x4.relaxed_madd
      local.set 241
      local.get 241
      local.set 230
      local.get 220
      v128.load32_splat offset=240
      local.set 242
      local.get 235
      local.get 242
      local.get 231
      f32x4.relaxed_madd
      local.set 243
      local.get 243
      local.set 231
      local.get 220
      v128.load32_splat offset=320
      local.set 244
      local.get 235
      local.get 244
      local.get 232
      f32x4.relaxed_madd
      local.set 245
      local.get 245
      local.set 232
      local.get 220
      v128.load32_splat offset=400
      local.set 246
      local.get 235
      local.get 246
      local.get 233
      f32x4.relaxed_madd
      local.set 247
      local.get 247
      local.set 233
      local.get 219
      v128.load offset=48 align=4
      local.set 248
      local.get 220
      v128.load32_splat offset=4
      local.set 249
      local.get 248
      local.get 249
      local.get 228
      f32x4.relaxed_madd
      local.set 250
      local.get 250
      local.set 228
      local.get 220
      v128.load32_splat offset=84
      local.set 251
      local.get 248
      local.get 251
      local.get 229
      f32x4.relaxed_madd
      local.set 252
      local.get 252
      local.set 229
      local.get 220
      v128.load32_splat offset=164
      local.set 253
      local.get 248
      local.get 253
      local.get 230
      f32x4.relaxed_madd
      local.set 254
      local.get 254
      local.set 230
      local.get 220
      v128.load32_splat offset=244
      local.set 255
      local.get 248
      local.get 255
      local.get 231
      f32x4.relaxed_madd
      local.set 256
      local.get 256
      local.set 231
      local.get 220
      v128.load32_splat offset=324
      local.set 257
      local.get 248
      local.get 257
      local.get 232
      f32x4.relaxed_madd
      local.set 258
      local.get 258
      local.set 232
      local.get 220
      v128.load32_splat offset=404
      local.set 259
      local.get 248
      local.get 259
      local.get 233
      f32x4.relaxed_madd
      local.set 260
      local.get 260
      local.set 233
      local.get 219
      v128.load offset=96 align=4
      local.set 261
      local.get 220
      v128.load32_splat offset=8
      local.set 262
      local.get 261
      local.get 262
      local.get 228
      f32x4.relaxed_madd
      local.set 263
      local.get 263
      local.set 228
      local.get 220
      v128.load32_splat offset=88
      local.set 264
      local.get 261
      local.get 264
      local.get 229
      f32x4.relaxed_madd
      local.set 265
      local.get 265
      local.set 229
      local.get 220
      v128.load32_splat offset=168
      local.set 266
      local.get 261
      local.get 266
      local.get 230
      f32x4.relaxed_madd
      local.set 267
      local.get 267
      local.set 230
      local.get 220
      v128.load32_splat offset=248
      local.set 268
      local.get 261
      local.get 268
      local.get 231
      f32x4.relaxed_madd
      local.set 269
      local.get 269
      local.set 231
      local.get 220
      v128.load32_splat offset=328
      local.set 270
      local.get 261
      local.get 270
      local.get 232
      f32x4.relaxed_madd
      local.set 271
      local.get 271
      local.set 232
      local.get 220
      v128.load32_splat offset=408
      local.set 272
      local.get 261
      local.get 272
      local.get 233
      f32x4.relaxed_madd
      local.set 273
      local.get 273
      local.set 233
      local.get 219
      v128.load offset=144 align=4
      local.set 274
      local.get 220
      v128.load32_splat offset=12
      local.set 275
      local.get 274
      local.get 275
      local.get 228
      f32x4.relaxed_madd
      local.set 276
      local.get 276
      local.set 228
      local.get 220
      v128.load32_splat offset=92
      local.set 277
      local.get 274
      local.get 277
      local.get 229
      f32x4.relaxed_madd
      local.set 278
      local.get 278
      local.set 229
      local.get 220
      v128.load32_splat offset=172
      local.set 279
      local.get 274
      local.get 279
      local.get 230
      f32x4.relaxed_madd
      local.set 280
      local.get 280
      local.set 230
      local.get 220
      v128.load32_splat offset=252
      local.set 281
      local.get 274
      local.get 281
      local.get 231
      f32x4.relaxed_madd
      local.set 282
      local.get 282
      local.set 231
      local.get 220
      v128.load32_splat offset=332
      local.set 283
      local.get 274
      local.get 283
      local.get 232
      f32x4.relaxed_madd
      local.set 284
      local.get 284
      local.set 232
      local.get 220
      v128.load32_splat offset=412
      local.set 285
      local.get 274
      local.get 285
      local.get 233
      f32x4.relaxed_madd
      local.set 286
      local.get 286
      local.set 233
      local.get 219
      i32.const 192
      i32.add
      local.set 219
      local.get 220
      i32.const 16
      i32.add
      local.set 220
      local.get 234
      i32.const 1
      i32.sub
      local.tee 234
      br_if 0 (;@1;)
    end
    local.get 219
    v128.load align=4
    local.set 287
    local.get 220
    v128.load32_splat
    local.set 288
    local.get 287
    local.get 288
    local.get 228
    f32x4.relaxed_madd
    local.set 289
    local.get 289
    local.set 228
    local.get 220
    v128.load32_splat offset=80
    local.set 290
    local.get 287
    local.get 290
    local.get 229
    f32x4.relaxed_madd
    local.set 291
    local.get 291
    local.set 229
    local.get 220
    v128.load32_splat offset=160
    local.set 292
    local.get 287
    local.get 292
    local.get 230
    f32x4.relaxed_madd
    local.set 293
    local.get 293
    local.set 230
    local.get 220
    v128.load32_splat offset=240
    local.set 294
    local.get 287
    local.get 294
    local.get 231
    f32x4.relaxed_madd
    local.set 295
    local.get 295
    local.set 231
    local.get 220
    v128.load32_splat offset=320
    local.set 296
    local.get 287
    local.get 296
    local.get 232
    f32x4.relaxed_madd
    local.set 297
    local.get 297
    local.set 232
    local.get 220
    v128.load32_splat offset=400
    local.set 298
    local.get 287
    local.get 298
    local.get 233
    f32x4.relaxed_madd
    local.set 299
    local.get 299
    local.set 233
    local.get 219
    v128.load offset=48 align=4
    local.set 300
    local.get 220
    v128.load32_splat offset=4
    local.set 301
    local.get 300
    local.get 301
    local.get 228
    f32x4.relaxed_madd
    local.set 302
    local.get 302
    local.set 228
    local.get 220
    v128.load32_splat offset=84
    local.set 303
    local.get 300
    local.get 303
    local.get 229
    f32x4.relaxed_madd
    local.set 304
    local.get 304
    local.set 229
    local.get 220
    v128.load32_splat offset=164
    local.set 305
    local.get 300
    local.get 305
    local.get 230
    f32x4.relaxed_madd
    local.set 306
    local.get 306
    local.set 230
    local.get 220
    v128.load32_splat offset=244
    local.set 307
    local.get 300
    local.get 307
    local.get 231
    f32x4.relaxed_madd
    local.set 308
    local.get 308
    local.set 231
    local.get 220
    v128.load32_splat offset=324
    local.set 309
    local.get 300
    local.get 309
    local.get 232
    f32x4.relaxed_madd
    local.set 310
    local.get 310
    local.set 232
    local.get 220
    v128.load32_splat offset=404
    local.set 311
    local.get 300
    local.get 311
    local.get 233
    f32x4.relaxed_madd
    local.set 312
    local.get 312
    local.set 233
    local.get 219
    v128.load offset=96 align=4
    local.set 313
    local.get 220
    v128.load32_splat offset=8
    local.set 314
    local.get 313
    local.get 314
    local.get 228
    f32x4.relaxed_madd
    local.set 315
    local.get 315
    local.set 228
    local.get 220
    v128.load32_splat offset=88
    local.set 316
    local.get 313
    local.get 316
    local.get 229
    f32x4.relaxed_madd
    local.set 317
    local.get 317
    local.set 229
    local.get 220
    v128.load32_splat offset=168
    local.set 318
    local.get 313
    local.get 318
    local.get 230
    f32x4.relaxed_madd
    local.set 319
    local.get 319
    local.set 230
    local.get 220
    v128.load32_splat offset=248
    local.set 320
    local.get 313
    local.get 320
    local.get 231
    f32x4.relaxed_madd
    local.set 321
    local.get 321
    local.set 231
    local.get 220
    v128.load32_splat offset=328
    local.set 322
    local.get 313
    local.get 322
    local.get 232
    f32x4.relaxed_madd
    local.set 323
    local.get 323
    local.set 232
    local.get 220
    v128.load32_splat offset=408
    local.set 324
    local.get 313
    local.get 324
    local.get 233
    f32x4.relaxed_madd
    local.set 325
    local.get 325
    local.set 233
    local.get 228
    f32x4.abs
    local.set 326
    local.get 326
    local.get 169
    f32x4.lt
    local.set 327
    local.get 327
    local.get 170
    v128.and
    local.set 328
    local.get 228
    local.get 328
    v128.andnot
    local.set 329
    local.get 4
    local.get 329
    v128.store align=4
    local.get 229
    f32x4.abs
    local.set 330
    local.get 330
    local.get 169
    f32x4.lt
    local.set 331
    local.get 331
    local.get 170
    v128.and
    local.set 332
    local.get 229
    local.get 332
    v128.andnot
    local.set 333
    local.get 4
    local.get 333
    v128.store offset=48 align=4
    local.get 230
    f32x4.abs
    local.set 334
    local.get 334
    local.get 169
    f32x4.lt
    local.set 335
    local.get 335
    local.get 170
    v128.and
    local.set 336
    local.get 230
    local.get 336
    v128.andnot
    local.set 337
    local.get 4
    local.get 337
    v128.store offset=96 align=4
    local.get 231
    f32x4.abs
    local.set 338
    local.get 338
    local.get 169
    f32x4.lt
    local.set 339
    local.get 339
    local.get 170
    v128.and
    local.set 340
    local.get 231
    local.get 340
    v128.andnot
    local.set 341
    local.get 4
    local.get 341
    v128.store offset=144 align=4
    local.get 232
    f32x4.abs
    local.set 342
    local.get 342
    local.get 169
    f32x4.lt
    local.set 343
    local.get 343
    local.get 170
    v128.and
    local.set 344
    local.get 232
    local.get 344
    v128.andnot
    local.set 345
    local.get 4
    local.get 345
    v128.store offset=192 align=4
    local.get 233
    f32x4.abs
    local.set 346
    local.get 346
    local.get 169
    f32x4.lt
    local.set 347
    local.get 347
    local.get 170
    v128.and
    local.set 348
    local.get 233
    local.get 348
    v128.andnot
    local.set 349
    local.get 4
    local.get 349
    v128.store offset=240 align=4
    local.get 3
    i32.const 16
    i32.add
    local.set 3
    local.get 4
    i32.const 16
    i32.add
    local.set 4
    local.get 1
    i32.const 480
    i32.add
    local.set 1
    local.get 2
    i32.const 288
    i32.add
    local.set 2
    local.get 0
    i32.const 560
    i32.add
    local.set 350
    local.get 2
    i32.const 0
    i32.add
    local.set 351
    local.get 350
    i32.const 0
    i32.add
    local.set 352
    local.get 1
    i32.const 0
    i32.add
    local.set 353
    local.get 353
    v128.load32_splat
    local.set 354
    local.get 352
    v128.load align=4
    local.set 355
    local.get 355
    local.get 354
    local.get 7
    f32x4.relaxed_madd
    local.set 356
    local.get 352
    v128.load offset=16 align=4
    local.set 357
    local.get 357
    local.get 354
    local.get 7
    f32x4.relaxed_madd
    local.set 358
    local.get 352
    i32.const 48
    i32.add
    local.set 352
    local.get 353
    i32.const 4
    i32.add
    local.set 353
    i32.const 4
    local.set 359
    loop ;; label = @1
      local.get 353
      v128.load32_splat
      local.set 360
      local.get 352
      v128.load align=4
      local.set 361
      local.get 361
      local.get 360
      local.get 356
      f32x4.relaxed_madd
      local.set 362
      local.get 362
      local.set 356
      local.get 352
      v128.load offset=16 align=4
      local.set 363
      local.get 363
      local.get 360
      local.get 358
      f32x4.relaxed_madd
      local.set 364
      local.get 364
      local.set 358
      local.get 353
      v128.load32_splat offset=4
      local.set 365
      local.get 352
      v128.load offset=48 align=4
      local.set 366
      local.get 366
      local.get 365
      local.get 356
      f32x4.relaxed_madd
      local.set 367
      local.get 367
      local.set 356
      local.get 352
      v128.load offset=64 align=4
      local.set 368
      local.get 368
      local.get 365
      local.get 358
      f32x4.relaxed_madd
      local.set 369
      local.get 369
      local.set 358
      local.get 353
      v128.load32_splat offset=8
      local.set 370
      local.get 352
      v128.load offset=96 align=4
      local.set 371
      local.get 371
      local.get 370
      local.get 356
      f32x4.relaxed_madd
      local.set 372
      local.get 372
      local.set 356
      local.get 352
      v128.load offset=112 align=4
      local.set 373
      local.get 373
      local.get 370
      local.get 358
      f32x4.relaxed_madd
      local.set 374
      local.get 374
      local.set 358
      local.get 353
      v128.load32_splat offset=12
      local.set 375
      local.get 352
      v128.load offset=144 align=4
      local.set 376
      local.get 376
      local.get 375
      local.get 356
      f32x4.relaxed_madd
      local.set 377
      local.get 377
      local.set 356
      local.get 352
      v128.load offset=160 align=4
      local.set 378
      local.get 378
      local.get 375
      local.get 358
      f32x4.relaxed_madd
      local.set 379
      local.get 379
      local.set 358
      local.get 352
      i32.const 192
      i32.add
      local.set 352
      local.get 353
      i32.const 16
      i32.add
      local.set 353
      local.get 359
      i32.const 1
      i32.sub
      local.tee 359
      br_if 0 (;@1;)
    end
    local.get 353
    v128.load32_splat
    local.set 380
    local.get 352
    v128.load align=4
    local.set 381
    local.get 381
    local.get 380
    local.get 356
    f32x4.relaxed_madd
    local.set 382
    local.get 382
    local.set 356
    local.get 352
    v128.load offset=16 align=4
    local.set 383
    local.get 383
    local.get 380
    local.get 358
    f32x4.relaxed_madd
    local.set 384
    local.get 384
    local.set 358
    local.get 353
    v128.load32_splat offset=4
    local.set 385
    local.get 352
    v128.load offset=48 align=4
    local.set 386
    local.get 386
    local.get 385
    local.get 356
    f32x4.relaxed_madd
    local.set 387
    local.get 387
    local.set 356
    local.get 352
    v128.load offset=64 align=4
    local.set 388
    local.get 388
    local.get 385
    local.get 358
    f32x4.relaxed_madd
    local.set 389
    local.get 389
    local.set 358
    local.get 353
    v128.load32_splat offset=8
    local.set 390
    local.get 352
    v128.load offset=96 align=4
    local.set 391
    local.get 391
    local.get 390
    local.get 356
    f32x4.relaxed_madd
    local.set 392
    local.get 392
    local.set 356
    local.get 352
    v128.load offset=112 align=4
    local.set 393
    local.get 393
    local.get 390
    local.get 358
    f32x4.relaxed_madd
    local.set 394
    local.get 394
    local.set 358
    local.get 356
    f32x4.abs
    local.set 395
    local.get 395
    local.get 169
    f32x4.lt
    local.set 396
    local.get 396
    local.get 170
    v128.and
    local.set 397
    local.get 356
    local.get 397
    v128.andnot
    local.set 398
    local.get 351
    local.get 398
    v128.store align=4
    local.get 358
    f32x4.abs
    local.set 399
    local.get 399
    local.get 169
    f32x4.lt
    local.set 400
    local.get 400
    local.get 170
    v128.and
    local.set 401
    local.get 358
    local.get 401
    v128.andnot
    local.set 402
    local.get 351
    local.get 402
    v128.store offset=16 align=4
    local.get 350
    i32.const 32
    i32.add
    local.set 350
    local.get 351
    i32.const 32
    i32.add
    local.set 351
    local.get 350
    i32.const 0
    i32.add
    local.set 403
    local.get 1
    i32.const 0
    i32.add
    local.set 404
    local.get 404
    v128.load32_splat
    local.set 405
    local.get 403
    v128.load align=4
    local.set 406
    local.get 406
    local.get 405
    local.get 7
    f32x4.relaxed_madd
    local.set 407
    local.get 403
    i32.const 48
    i32.add
    local.set 403
    local.get 404
    i32.const 4
    i32.add
    local.set 404
    i32.const 4
    local.set 408
    loop ;; label = @1
      local.get 404
      v128.load32_splat
      local.set 409
      local.get 403
      v128.load align=4
      local.set 410
      local.get 410
      local.get 409
      local.get 407
      f32x4.relaxed_madd
      local.set 411
      local.get 411
      local.set 407
      local.get 404
      v128.load32_splat offset=4
      local.set 412
      local.get 403
      v128.load offset=48 align=4
      local.set 413
      local.get 413
      local.get 412
      local.get 407
      f32x4.relaxed_madd
      local.set 414
      local.get 414
      local.set 407
      local.get 404
      v128.load32_splat offset=8
      local.set 415
      local.get 403
      v128.load offset=96 align=4
      local.set 416
      local.get 416
      local.get 415
      local.get 407
      f32x4.relaxed_madd
      local.set 417
      local.get 417
      local.set 407
      local.get 404
      v128.load32_splat offset=12
      local.set 418
      local.get 403
      v128.load offset=144 align=4
      local.set 419
      local.get 419
      local.get 418
      local.get 407
      f32x4.relaxed_madd
      local.set 420
      local.get 420
      local.set 407
      local.get 403
      i32.const 192
      i32.add
      local.set 403
      local.get 404
      i32.const 16
      i32.add
      local.set 404
      local.get 408
      i32.const 1
      i32.sub
      local.tee 408
      br_if 0 (;@1;)
    end
    local.get 404
    v128.load32_splat
    local.set 421
    local.get 403
    v128.load align=4
    local.set 422
    local.get 422
    local.get 421
    local.get 407
    f32x4.relaxed_madd
    local.set 423
    local.get 423
    local.set 407
    local.get 404
    v128.load32_splat offset=4
    local.set 424
    local.get 403
    v128.load offset=48 align=4
    local.set 425
    local.get 425
    local.get 424
    local.get 407
    f32x4.relaxed_madd
    local.set 426
    local.get 426
    local.set 407
    local.get 404
    v128.load32_splat offset=8
    local.set 427
    local.get 403
    v128.load offset=96 align=4
    local.set 428
    local.get 428
    local.get 427
    local.get 407
    f32x4.relaxed_madd
    local.set 429
    local.get 429
    local.set 407
    local.get 407
    f32x4.abs
    local.set 430
    local.get 430
    local.get 169
    f32x4.lt
    local.set 431
    local.get 431
    local.get 170
    v128.and
    local.set 432
    local.get 407
    local.get 432
    v128.andnot
    local.set 433
    local.get 351
    local.get 433
    v128.store align=4
    local.get 350
    i32.const 16
    i32.add
    local.set 350
    local.get 351
    i32.const 16
    i32.add
    local.set 351
    local.get 1
    i32.const 80
    i32.add
    local.set 1
    local.get 2
    i32.const 48
    i32.add
    local.set 2
  )
)
