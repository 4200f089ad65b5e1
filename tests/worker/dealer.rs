//! Requests are dealt out in order, none twice and none lost.

use thetahat::worker::dealer::Dealer;
use thetahat::worker::protocol::{Answer, AskId, Body, Costs};

/// Deals to a worker all that it takes, with ids that count up from `first`.
fn deal(dealer: &mut Dealer, worker: usize, first: AskId) -> Vec<usize> {
    let mut dealt = Vec::new();
    for id in first.. {
        let Some(request) = dealer.next(worker) else { break };
        dealer.dealt(worker, request, Some(id));
        dealt.push(request);
    }
    dealt
}

#[test]
fn each_request_is_dealt_once_in_order_and_workers_are_never_idle() {
    let mut dealer = Dealer::new(2);
    assert!(dealer.is_done() && dealer.next(0).is_none());
    assert_eq!(dealer.start(5), []);
    assert_eq!((deal(&mut dealer, 0, 10), deal(&mut dealer, 1, 20)), (vec![0, 1], vec![2, 3]));
    assert_eq!(dealer.next(0), None, "its hand is full");
    let said = Answer { id: 10, body: Body::Measured(Costs::default()) };
    assert_eq!(dealer.answered(0, &said), Some(0));
    assert_eq!(dealer.next(0), None, "there is more to come");
    assert_eq!(dealer.answered(1, &said), None, "the other one was asked");
    assert_eq!(dealer.answered(0, &Answer { id: 10, body: Body::Done }), Some(0));
    assert_eq!(deal(&mut dealer, 0, 12), [4]);
    for (worker, id, request) in [(1, 20, 2), (0, 11, 1), (1, 21, 3)] {
        assert_eq!(dealer.answered(worker, &Answer { id, body: Body::Done }), Some(request));
        assert!(!dealer.is_done());
    }
    assert_eq!(dealer.answered(0, &Answer { id: 12, body: Body::Failed("it failed".into()) }), Some(4));
    assert!(dealer.is_done());
    assert_eq!(dealer.next(7), None, "no such worker");
}

#[test]
fn what_a_worker_cannot_take_goes_to_another_one() {
    let mut dealer = Dealer::new(2);
    dealer.start(2);
    let request = dealer.next(0).expect("one waits");
    dealer.dealt(0, request, None);
    assert_eq!(deal(&mut dealer, 1, 1), [0, 1]);
}

#[test]
fn new_requests_take_the_place_of_old_ones() {
    let mut dealer = Dealer::new(2);
    dealer.start(9);
    deal(&mut dealer, 0, 1);
    deal(&mut dealer, 1, 5);
    assert_eq!(dealer.start(1), [(0, 1), (0, 2), (1, 5), (1, 6)]);
    assert_eq!(dealer.answered(0, &Answer { id: 1, body: Body::Done }), None);
    assert_eq!((deal(&mut dealer, 1, 7), deal(&mut dealer, 0, 3)), (vec![0], vec![]));
}

#[test]
fn what_a_lost_worker_had_is_dealt_next_to_another_one() {
    let mut dealer = Dealer::new(2);
    dealer.start(6);
    assert_eq!((deal(&mut dealer, 0, 10), deal(&mut dealer, 1, 20)), (vec![0, 1], vec![2, 3]));
    dealer.lost(0);
    assert!(!dealer.is_done());
    // each of its requests is said to have failed, but only once is that news
    assert_eq!(dealer.answered(0, &Answer { id: 10, body: Body::Failed("it is lost".into()) }), None);
    dealer.lost(0);
    for (id, request, next) in [(20, 2, vec![0]), (21, 3, vec![1]), (30, 0, vec![4]), (31, 1, vec![5])] {
        assert_eq!(dealer.answered(1, &Answer { id, body: Body::Done }), Some(request));
        assert_eq!(deal(&mut dealer, 1, id + 10), next);
    }
    for id in [40, 41] {
        assert!(!dealer.is_done());
        dealer.answered(1, &Answer { id, body: Body::Done });
    }
    assert!(dealer.is_done());
}

#[test]
fn one_worker_does_everything_and_none_does_nothing() {
    let mut alone = Dealer::new(1);
    alone.start(5);
    let mut done = Vec::new();
    for id in (1..).step_by(10).take(5) {
        let dealt = deal(&mut alone, 0, id);
        done.extend(dealt.iter().copied());
        alone.answered(0, &Answer { id, body: Body::Done });
        alone.answered(0, &Answer { id: id + 1, body: Body::Done });
    }
    assert!(alone.is_done());
    assert_eq!(done, [0, 1, 2, 3, 4]);
    let mut nobody = Dealer::new(0);
    nobody.start(2);
    assert_eq!((nobody.next(0), nobody.is_done()), (None, false));
}

#[test]
fn cancelling_leaves_nothing_to_do() {
    let mut dealer = Dealer::new(2);
    dealer.start(9);
    deal(&mut dealer, 0, 1);
    assert_eq!(dealer.start(0), [(0, 1), (0, 2)]);
    assert!(dealer.is_done() && dealer.next(0).is_none() && dealer.next(1).is_none());
}
