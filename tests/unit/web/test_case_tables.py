"""Who may do what in which state: the whole table, written out here once more and compared cell by cell."""

import pytest

from likeforlike_web.cases.actions import Action
from likeforlike_web.cases.moves import MOVES, after
from likeforlike_web.cases.permissions import PERMISSIONS, may
from likeforlike_web.cases.policies import NotAllowed, require, why_not
from likeforlike_web.cases.roles import HELD, WORDS, Person, Role, roles_of
from likeforlike_web.cases.states import FINAL, OWNER, SENTENCE, TITLE, State

# Columns: the states, in the order of `State`. A dot: may not be done. Otherwise the state after, by its letter.
LETTERS = list("dsraRSDQCFYPXW")
TABLE = """
view                              d s r a R S D Q C F Y P X W
answer questions                  d . r . . . . . . . . . . .
ask for a signature               d . r . . . . . . . . . . .
sign the agreement                d . r . . . . . . . . . . .
upload a list                     d . r . . . . . . . . . . .
confirm points of the list        d . r . . . . . . . . . . .
send                              s . s . . . . . . . . . . .
withdraw                          W W W W . . . . . . . . . .
delete the list                   d . r . . . . . . F Y P X W
write a message                   d s r a R S D Q C F Y P . .
write a note for the lab          . s r a R S D Q C F Y P X W
take it on as analyst             . s . . . . . . . . . . . .
accept                            . a . . . . . . . . . . . .
return to the provider            . r . r . r . . . . . . . .
decline                           . X . X . X . . . . . . . .
change the plan                   . s . a . S . . . . . . . .
start the analysis                . . . R . R R . . . . . . .
cancel the analysis               . . . . S . . . . . . . . .
finish the analysis               . . . . D . . . . . . . . .
stop the analysis                 . . . . S . . . . . . . . .
write the report's context        . . . . . . D D D D . . . .
ask for quality assurance         . . . . . . Q . . . . . . .
pass quality assurance            . . . . . . . C . . . . . .
send back from quality assurance  . . . . . . . D . . . . . .
vote                              . . . . . . . . C . . . . .
clear for the provider            . . . . . . . . F . . . . .
send back from checking           . . . . . . . . D . . . . .
reject                            . . . . . . . . X . . . . .
read the draft                    . . . . . . . . . F Y P . .
comment on the facts              . . . . . . . . . F . . . .
confirm the facts                 . . . . . . . . . Y . . . .
publish                           . . . . . . . . . . P . . .
correct the publication           . . . . . . . . . . . P . .
"""
MOVED = {line[:34].strip(): line[34:].split() for line in TABLE.strip().splitlines()}

# Columns: provider, analyst, second analyst, checker, administrator, any analyst, any checker, system, anybody else.
WHO = """
view                              x x x x x x x . .
answer questions                  x . . . . . . . .
ask for a signature               x . . . . . . . .
sign the agreement                x . . . . . . . .
upload a list                     x . . . . . . . .
confirm points of the list        x . . . . . . . .
send                              x . . . . . . . .
withdraw                          x . . . . . . . .
delete the list                   x . . . x . . . .
write a message                   x x . . . . . . .
write a note for the lab          . x x x x . . . .
take it on as analyst             . . . . . x . . .
accept                            . x . . . . . . .
return to the provider            . x . . . . . . .
decline                           . x . . . . . . .
change the plan                   . x . . . . . . .
start the analysis                . x . . . . . . .
cancel the analysis               . x . . x . . . .
finish the analysis               . . . . . . . x .
stop the analysis                 . . . . . . . x .
write the report's context        . x . . . . . . .
ask for quality assurance         . x . . . . . . .
pass quality assurance            . . x . . x . . .
send back from quality assurance  . . x . . x . . .
vote                              . . . x . . x . .
clear for the provider            . . . . . . . x .
send back from checking           . . . x . . . x .
reject                            . . . . . . . x .
read the draft                    x x x x x x x . .
comment on the facts              x . . . . . . . .
confirm the facts                 x . . . . . . . .
publish                           . . . . x . . . .
correct the publication           . . . . x . . . .
"""
ALLOWED = {line[:34].strip(): line[34:].split() for line in WHO.strip().splitlines()}
ROLES = list(Role)
LAB = set(Role) - {Role.PROVIDER, Role.SYSTEM, Role.OUTSIDER}


def test_the_tables_here_name_everything():
    assert [str(action) for action in Action] == list(MOVED) == list(ALLOWED)
    assert len(LETTERS) == len(State)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", State)
def test_every_move(state, action):
    letter = MOVED[str(action)][list(State).index(state)]
    expected = None if letter == "." else list(State)[LETTERS.index(letter)]
    assert after(state, action) == expected


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", Role)
def test_every_role_in_every_state(role, state, action):
    listed = ALLOWED[str(action)][ROLES.index(role)] == "x"
    moves = MOVED[str(action)][list(State).index(state)] != "."
    hidden = state is State.DRAFT and role in LAB
    assert may(role, state, action) == (listed and moves and not hidden)
    assert (why_not({role}, state, action) == "") == may(role, state, action)


def test_a_refusal_is_a_sentence():
    with pytest.raises(NotAllowed, match="nobody can send"):
        require({Role.PROVIDER}, State.PUBLISHED, Action.SEND)
    with pytest.raises(NotAllowed, match="not yours"):
        require({Role.OUTSIDER}, State.DRAFT, Action.VIEW)


def test_every_state_has_words_and_one_owner():
    for table in (OWNER, TITLE, SENTENCE):
        assert set(table) == set(State)
    assert set(WORDS) == set(Role)
    assert set(PERMISSIONS) == set(Action)


@pytest.mark.parametrize("state", State)
def test_the_owner_can_move_it_and_nobody_moves_what_is_final(state):
    onwards = {action for (where, action), to in MOVES.items() if where is state and to is not state}
    if state in FINAL:
        assert onwards == set()
    else:
        owner = OWNER[state]
        helpers = {owner, Role.ANALYST} if owner is Role.FREE_ANALYST else {owner}
        helpers |= {Role.SYSTEM} if owner is Role.FREE_CHECKER else set()
        assert any(may(role, state, action) for role in helpers for action in onwards)


def test_every_state_can_be_reached_and_left_for_the_public():
    reached, waiting = {State.DRAFT}, [State.DRAFT]
    while waiting:
        here = waiting.pop()
        for (state, _), to in MOVES.items():
            if state is here and to not in reached:
                reached.add(to)
                waiting.append(to)
    assert reached == set(State)


def test_nothing_is_withdrawn_once_outcomes_may_have_been_opened():
    opened = set(State) - {State.DRAFT, State.SUBMITTED, State.RETURNED, State.ACCEPTED}
    assert all(after(state, Action.WITHDRAW) is None for state in opened)


@pytest.mark.parametrize("held", [None, *HELD])
@pytest.mark.parametrize("same", [True, False])
@pytest.mark.parametrize("analyst", [True, False])
@pytest.mark.parametrize("checker", [True, False])
@pytest.mark.parametrize("administrator", [True, False])
@pytest.mark.parametrize("active", [True, False])
def test_who_somebody_is(held, same, analyst, checker, administrator, active):
    found = roles_of(Person(held, same, analyst, checker, administrator, active))
    if not active:
        assert found == {Role.OUTSIDER}
    elif same or held is Role.PROVIDER:
        assert found == {Role.PROVIDER}, "an organisation's own people are nothing else in its requests"
    elif held:
        assert found == {held}, "a part in a request is for good, and the only one"
    else:
        free = {Role.FREE_ANALYST: analyst, Role.FREE_CHECKER: checker, Role.ADMINISTRATOR: administrator}
        assert found == ({role for role, has in free.items() if has} or {Role.OUTSIDER})
