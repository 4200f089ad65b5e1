(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 i32 i32 i32)))
  (type (;2;) (func (param v128 v128 v128) (result v128)))
  (type (;3;) (func (param f32 f32 f32) (result f32)))
  (import "env" "memory" (memory (;0;) 1))
  (export "0" (func 0))
  (func (;0;) (type 0) (param i32)
    (local i32 i32 v128 i32 v128 v128 i32 v128 v128 v128 i32 i32 v128 v128 v128 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 i32 v128 v128 i32 v128 v128 v128 i32 i32 v128 v128 v128 i32 v128 v128 v128 v128 v128 v128 v128)
    v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
    local.set 3
    v128.const i32x4 0x00800000 0x00800000 0x00800000 0x00800000
    local.set 20
    v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff
    local.set 21
    local.get 0
    i32.const 0
    i32.add
    local.set 1
    local.get 0
    i32.const 7200
    i32.add
    local.set 2
    local.get 1
    i32.const 0
    i32.add
    local.set 4
    local.get 3
    local.set 5
    local.get 3
    local.set 6
    local.get 3
    local.set 5
    i32.const 22
    local.set 7
    loop ;; label = @1
      local.get 4
      v128.load align=4
      local.set 8
      local.get 5
      local.get 8
      f32x4.add
      local.set 9
      local.get 9
      local.set 5
      local.get 4
      i32.const 24
      i32.add
      local.set 4
      local.get 7
      i32.const 1
      i32.sub
      local.tee 7
      br_if 0 (;@1;)
    end
    local.get 6
    local.get 5
    f32x4.add
    local.set 10
    local.get 10
    local.set 6
    i32.const 8
    local.set 11
    loop ;; label = @1
      local.get 3
      local.set 5
      i32.const 32
      local.set 12
      loop ;; label = @2
        local.get 4
        v128.load align=4
        local.set 13
        local.get 5
        local.get 13
        f32x4.add
        local.set 14
        local.get 14
        local.set 5
        local.get 4
        i32.const 24
        i32.add
        local.set 4
        local.get 12
        i32.const 1
        i32.sub
        local.tee 12
        br_if 0 (;@2;)
      end
      local.get 6
      local.get 5
      f32x4.add
      local.set 15
      local.get 15
      local.set 6
      local.get 11
      i32.const 1
      i32.sub
      local.tee 11
      br_if 0 (;@1;)
    end
    local.get 3
    local.set 5
    i32.const 22
    local.set 16
    loop ;; label = @1
      local.get 4
      v128.load align=4
      local.set 17
      local.get 5
      local.get 17
      f32x4.add
      local.set 18
      local.get 18
      local.set 5
      local.get 4
      i32.const 24
      i32.add
      local.set 4
      local.get 16
      i32.const 1
      i32.sub
      local.tee 16
      br_if 0 (;@1;)
    end
    local.get 6
    local.get 5
    f32x4.add
    local.set 19
    local.get 19
    local.set 6
    local.get 6
    f32x4.abs
    local.set 22
    local.get 22
    local.get 20
    f32x4.lt
    local.set 23
    local.get 23
    local.get 21
    v128.and
    local.set 24
    local.get 6
    local.get 24
    v128.andnot
    local.set 25
    local.get 2
    local.get 25
    v128.store align=4
    local.get 1
    i32.const 16
    i32.add
    local.set 1
    local.get 2
    i32.const 16
    i32.add
    local.set 2
    local.get 1
    i32.const 0
    i32.add
    local.set 26
    local.get 3
    local.set 27
    local.get 3
    local.set 28
    local.get 3
    local.set 27
    i32.const 22
    local.set 29
    loop ;; label = @1
      local.get 26
      v128.load align=4
      local.set 30
      local.get 27
      local.get 30
      f32x4.add
      local.set 31
      local.get 31
      local.set 27
      local.get 26
      i32.const 24
      i32.add
      local.set 26
      local.get 29
      i32.const 1
      i32.sub
      local.tee 29
      br_if 0 (;@1;)
    end
    local.get 28
    local.get 27
    f32x4.add
    local.set 32
    local.get 32
    local.set 28
    i32.const 8
    local.set 33
    loop ;; label = @1
      local.get 3
      local.set 27
      i32.const 32
      local.set 34
      loop ;; label = @2
        local.get 26
        v128.load align=4
        local.set 35
        local.get 27
        local.get 35
        f32x4.add
        local.set 36
        local.get 36
        local.set 27
        local.get 26
        i32.const 24
        i32.add
        local.set 26
        local.get 34
        i32.const 1
        i32.sub
        local.tee 34
        br_if 0 (;@2;)
      end
      local.get 28
      local.get 27
      f32x4.add
      local.set 37
      local.get 37
      local.set 28
      local.get 33
      i32.const 1
      i32.sub
      local.tee 33
      br_if 0 (;@1;)
    end
    local.get 3
    local.set 27
    i32.const 22
    local.set 38
    loop ;; label = @1
      local.get 26
      v128.load align=4
      local.set 39
      local.get 27
      local.get 39
      f32x4.add
      local.set 40
      local.get 40
      local.set 27
      local.get 26
      i32.const 24
      i32.add
      local.set 26
      local.get 38
      i32.const 1
      i32.sub
      local.tee 38
      br_if 0 (;@1;)
    end
    local.get 28
    local.get 27
    f32x4.add
    local.set 41
    local.get 41
    local.set 28
    local.get 28
    f32x4.abs
    local.set 42
    local.get 42
    local.get 20
    f32x4.lt
    local.set 43
    local.get 43
    local.get 21
    v128.and
    local.set 44
    local.get 28
    local.get 44
    v128.andnot
    local.set 45
    local.get 2
    local.get 45
    v128.store64_lane align=4 0
    local.get 1
    i32.const 8
    i32.add
    local.set 1
    local.get 2
    i32.const 8
    i32.add
    local.set 2
  )
)
