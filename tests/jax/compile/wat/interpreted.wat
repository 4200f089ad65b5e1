(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 i32 i32 i32)))
  (type (;2;) (func (param v128 v128 v128) (result v128)))
  (type (;3;) (func (param f32 f32 f32) (result f32)))
  (import "env" "memory" (memory (;0;) 1))
  (export "0" (func 0))
  (export "1" (func 1))
  (func (;0;) (type 0) (param i32)
    (local v128 v128 v128 v128 v128 v128 v128 v128 v128)
    v128.const i32x4 0x00800000 0x00800000 0x00800000 0x00800000
    local.set 4
    v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff
    local.set 5
    local.get 0
    v128.load align=4
    local.set 1
    local.get 0
    v128.load offset=16 align=4
    local.set 2
    local.get 1
    local.get 2
    f32x4.add
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
    local.get 0
    local.get 9
    v128.store offset=32 align=4
  )
  (func (;1;) (type 0) (param i32)
    (local v128 v128 v128 v128 v128 v128 v128 v128 v128)
    v128.const i32x4 0x00800000 0x00800000 0x00800000 0x00800000
    local.set 4
    v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff
    local.set 5
    local.get 0
    v128.load offset=48 align=4
    local.set 1
    local.get 0
    v128.load offset=16 align=4
    local.set 2
    local.get 1
    local.get 2
    f32x4.mul
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
    local.get 0
    local.get 9
    v128.store offset=32 align=4
  )
)
