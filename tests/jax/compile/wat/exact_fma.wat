(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 i32 i32 i32)))
  (type (;2;) (func (param v128 v128 v128) (result v128)))
  (type (;3;) (func (param f32 f32 f32) (result f32)))
  (import "env" "memory" (memory (;0;) 1))
  (export "0" (func 2))
  (func (;0;) (type 2) (param v128 v128 v128) (result v128)
    local.get 0
    local.get 0
    f32x4.extract_lane 0
    local.get 1
    f32x4.extract_lane 0
    local.get 2
    f32x4.extract_lane 0
    call 1
    f32x4.replace_lane 0
    local.get 0
    f32x4.extract_lane 1
    local.get 1
    f32x4.extract_lane 1
    local.get 2
    f32x4.extract_lane 1
    call 1
    f32x4.replace_lane 1
    local.get 0
    f32x4.extract_lane 2
    local.get 1
    f32x4.extract_lane 2
    local.get 2
    f32x4.extract_lane 2
    call 1
    f32x4.replace_lane 2
    local.get 0
    f32x4.extract_lane 3
    local.get 1
    f32x4.extract_lane 3
    local.get 2
    f32x4.extract_lane 3
    call 1
    f32x4.replace_lane 3
  )
  (func (;1;) (type 3) (param f32 f32 f32) (result f32)
    (local f64 f64 f64 f64 f64 i64)
    local.get 0
    f64.promote_f32
    local.get 1
    f64.promote_f32
    f64.mul
    local.set 3
    local.get 2
    f64.promote_f32
    local.set 4
    local.get 3
    local.get 4
    f64.add
    local.set 5
    local.get 5
    local.get 3
    f64.sub
    local.set 6
    local.get 3
    local.get 5
    local.get 6
    f64.sub
    f64.sub
    local.get 4
    local.get 6
    f64.sub
    f64.add
    local.set 7
    local.get 5
    i64.reinterpret_f64
    local.set 8
    local.get 7
    f64.abs
    f64.const 0x0p+0 (;=0;)
    f64.gt
    local.get 7
    f64.abs
    f64.const inf (;=inf;)
    f64.lt
    i32.and
    local.get 8
    i64.const 1
    i64.and
    i64.eqz
    i32.and
    if ;; label = @1
      local.get 8
      i64.const 1
      i64.const -1
      local.get 7
      f64.const 0x0p+0 (;=0;)
      f64.gt
      local.get 5
      f64.const 0x0p+0 (;=0;)
      f64.gt
      i32.eq
      select
      i64.add
      f64.reinterpret_i64
      local.set 5
    end
    local.get 5
    f32.demote_f64
  )
  (func (;2;) (type 0) (param i32)
    (local v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
    v128.const i32x4 0x1fffffff 0x00000000 0x1fffffff 0x00000000
    local.set 9
    v128.const i32x4 0x10000000 0x00000000 0x10000000 0x00000000
    local.set 10
    v128.const i32x4 0x00000000 0x38100000 0x00000000 0x38100000
    local.set 11
    v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
    local.set 12
    v128.const i32x4 0x00800000 0x00800000 0x00800000 0x00800000
    local.set 22
    v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff
    local.set 23
    local.get 0
    v128.load align=4
    local.set 1
    local.get 1
    f64x2.promote_low_f32x4
    local.set 4
    local.get 0
    v128.load offset=16 align=4
    local.set 2
    local.get 2
    f64x2.promote_low_f32x4
    local.set 5
    local.get 4
    local.get 5
    f64x2.mul
    local.set 7
    local.get 0
    v128.load offset=32 align=4
    local.set 3
    local.get 3
    f64x2.promote_low_f32x4
    local.set 6
    local.get 7
    local.get 6
    f64x2.add
    local.set 8
    local.get 8
    local.get 9
    v128.and
    local.set 13
    local.get 13
    local.get 10
    i64x2.eq
    local.set 14
    local.get 8
    f64x2.abs
    local.set 15
    local.get 8
    f32x4.demote_f64x2_zero
    local.set 20
    local.get 15
    local.get 11
    f64x2.lt
    local.set 16
    local.get 15
    local.get 12
    f64x2.ne
    local.set 17
    local.get 16
    local.get 17
    v128.and
    local.set 18
    local.get 14
    local.get 18
    v128.or
    local.set 19
    local.get 19
    v128.any_true
    if ;; label = @1
      local.get 1
      local.get 2
      local.get 3
      call 0
      local.set 21
      local.get 21
      local.set 20
    end
    local.get 20
    f32x4.abs
    local.set 24
    local.get 24
    local.get 22
    f32x4.lt
    local.set 25
    local.get 25
    local.get 23
    v128.and
    local.set 26
    local.get 20
    local.get 26
    v128.andnot
    local.set 27
    local.get 0
    local.get 27
    v128.store offset=48 align=4
  )
)
