(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 i32 i32 i32)))
  (type (;2;) (func (param v128 v128 v128) (result v128)))
  (type (;3;) (func (param f32 f32 f32) (result f32)))
  (import "env" "memory" (memory (;0;) 1))
  (export "0" (func 0))
  (func (;0;) (type 0) (param i32)
    (local v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
    v128.const i32x4 0x00800000 0x00800000 0x00800000 0x00800000
    local.set 4
    v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff
    local.set 5
    v128.const i32x4 0x40000000 0x40000000 0x40000000 0x40000000
    local.set 10
    v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
    local.set 16
    local.get 0
    v128.load align=4
    local.set 1
    local.get 0
    v128.load offset=16 align=4
    local.set 2
    local.get 1
    local.get 2
    f32x4.sub
    local.set 3
    local.get 3
    f32x4.abs
    local.set 6
    local.get 6
    local.get 4
    f32x4.lt
    local.set 7
    local.get 7
    local.get 5
    v128.and
    local.set 8
    local.get 3
    local.get 8
    v128.andnot
    local.set 9
    local.get 9
    local.get 10
    f32x4.mul
    local.set 11
    local.get 11
    f32x4.abs
    local.set 12
    local.get 12
    local.get 4
    f32x4.lt
    local.set 13
    local.get 13
    local.get 5
    v128.and
    local.set 14
    local.get 11
    local.get 14
    v128.andnot
    local.set 15
    local.get 16
    local.get 15
    f32x4.add
    local.set 17
    local.get 15
    local.get 15
    i8x16.shuffle 4 5 6 7 4 5 6 7 4 5 6 7 4 5 6 7
    local.set 18
    local.get 17
    local.get 18
    f32x4.add
    local.set 19
    local.get 15
    local.get 15
    i8x16.shuffle 8 9 10 11 8 9 10 11 8 9 10 11 8 9 10 11
    local.set 20
    local.get 15
    local.get 15
    i8x16.shuffle 12 13 14 15 12 13 14 15 12 13 14 15 12 13 14 15
    local.set 22
    local.get 19
    local.get 20
    f32x4.add
    local.set 21
    local.get 21
    local.get 22
    f32x4.add
    local.set 23
    local.get 23
    f32x4.abs
    local.set 24
    local.get 24
    local.get 4
    f32x4.lt
    local.set 25
    local.get 25
    local.get 5
    v128.and
    local.set 26
    local.get 23
    local.get 26
    v128.andnot
    local.set 27
    local.get 0
    local.get 27
    v128.store offset=32 align=4
  )
)
