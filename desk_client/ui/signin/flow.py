"""Signing in, opening locked files, signing out: what is asked of the session, and where its answers are said (R22 to R24, P21)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desk_client.services.records import SignedOut, Who
from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_client.ui.sentences import sentence
from desk_client.ui.signin.page import LEAST_PASSPHRASE, SignInPage
from desk_client.ui.tokens import Tone

_FIELD_OF = {
    "offline": "server",
    "network_forbidden": "server",
    "not_secure": "server",
    "bad_address": "server",
    "not_our_server": "server",
    "tls": "server",
    "wrong_password": "password",
    "wrong_login": "password",
    "inactive": "user",
    "passphrase_needed": "passphrase",
    "wrong_passphrase": "passphrase",
}


class SignIn(QObject):
    """``opened`` is called once somebody is signed in; ``last`` gives server and user of the last sign-in."""

    def __init__(
        self, desk: Desk, page: SignInPage, last: Callable[[], tuple[str, str]], opened: Callable[[Who], None],
        closed: Callable[[], None],
    ) -> None:  # fmt: skip
        super().__init__(page)
        self._desk, self._page, self._last, self._opened, self._closed = desk, page, last, opened, closed
        self._busy = self._unlocking = False
        page.submit.fired.connect(self._submit)

    def start(self) -> None:
        """Go on where somebody left, or ask them to sign in."""
        server, user = self._last()
        self._page.server.set_text(server)
        self._page.user.set_text(user)
        self._resume("")

    def ask(self) -> None:
        """Show the empty form; whoever has begun to type meanwhile keeps the cursor where it is."""
        self._unlocking = False
        self._page.show_sign_in()
        self._page.ask_passphrase(asked=False)
        if not self._page.typing:
            self._page.take_focus()

    # --- going on --------------------------------------------------------------------------------------------------------

    def _resume(self, passphrase: str) -> None:
        self._begin(tr("Opening your files…"))
        self._desk.run(lambda: self._desk.session.resume(passphrase), self._resumed, self._not_resumed, self)

    def _resumed(self, who: Who | None) -> None:
        self._end()
        if who is None:
            self.ask()
        else:
            self._finish(who)

    def _not_resumed(self, error: BaseException) -> None:
        self._end()
        code = str(getattr(error, "code", ""))
        if code in ("passphrase_needed", "wrong_passphrase"):
            first, self._unlocking = not self._unlocking, True
            self._page.show_unlock(self._last()[1])
            self._page.take_focus()
            if not (first and code == "passphrase_needed"):
                self._page.complain("passphrase", sentence(error))
            return
        self.ask()
        self._page.tell(Tone.LATE, sentence(error))

    # --- signing in ------------------------------------------------------------------------------------------------------

    def _submit(self) -> None:
        if self._busy:
            return
        page = self._page
        page.clear_errors()
        if not self._complete():
            return
        if self._unlocking:
            self._resume(page.passphrase.editor.text())
            return
        server, user, password = page.server.text(), page.user.text(), page.password.editor.text()
        passphrase = page.passphrase.editor.text() if page.asks_passphrase else ""
        self._begin(tr("Signing in…"))
        self._desk.run(
            lambda: self._desk.session.sign_in(server, user, password, passphrase),
            self._signed_in,
            self._not_signed_in,
            self,
        )

    def _complete(self) -> bool:
        """Whether everything that is asked for is there; the first gap is said at its field."""
        page = self._page
        wanted = {
            "server": tr("Type the address of your server, as in https://desk.example.org."),
            "user": tr("Type your user name."),
            "password": tr("Type your password."),
            "passphrase": tr("Type the passphrase."),
        }
        for name, words in wanted.items():
            field = page.fields()[name]
            if not field.isHidden() and not field.editor.text():
                page.complain(name, words)
                return False
        if page.asks_twice and len(page.passphrase.editor.text()) < LEAST_PASSPHRASE:
            page.complain(
                "passphrase", tr("Choose a passphrase of at least {count} characters.", count=LEAST_PASSPHRASE)
            )
            return False
        if page.asks_twice and page.passphrase.editor.text() != page.again.editor.text():
            page.complain("again", tr("The two passphrases differ; type the same one twice."))
            return False
        return True

    def _signed_in(self, who: Who) -> None:
        self._end()
        self._finish(who)

    def _not_signed_in(self, error: BaseException) -> None:
        self._end()
        page, code = self._page, str(getattr(error, "code", ""))
        if code == "passphrase_needed" and not page.asks_passphrase:
            known = self._desk.session.known(page.server.text(), page.user.text())
            page.ask_passphrase(asked=True, twice=not known)
            page.tell(Tone.SOON, sentence(error))
            page.take_focus()
            return
        page.complain(_FIELD_OF.get(code, ""), _words(code, error))

    def _finish(self, who: Who) -> None:
        for field in (self._page.password, self._page.passphrase, self._page.again):
            field.set_text("")
        self._unlocking = False
        self._opened(who)

    # --- signing out -----------------------------------------------------------------------------------------------------

    def sign_out(self) -> None:
        """Sign out; what is unsent stays sealed on this machine for its member (R17)."""
        self._desk.leave()
        self._closed()
        self._desk.run(self._desk.session.sign_out, self._signed_out, self._not_signed_out, self)

    def _not_signed_out(self, error: BaseException) -> None:
        self._desk.leave(leaving=False)
        self._page.tell(Tone.LATE, sentence(error))

    def _signed_out(self, out: SignedOut) -> None:
        self._desk.leave(leaving=False)
        server, user = self._last()
        self._page.server.set_text(server)
        self._page.user.set_text(user)
        self._page.clear_errors()
        self.ask()
        if out.unsent:
            kept = tr(
                "%n unsent items stay sealed on this computer",
                "",
                out.unsent,
                one="%n unsent item stays sealed on this computer",
            )
            self._page.tell(Tone.SOON, tr("You are signed out. {kept} until you sign in here again.", kept=kept))
        else:
            self._page.tell(Tone.FINE, tr("You are signed out. Nothing of your work was left unsent."))

    def _begin(self, words: str) -> None:
        self._busy = True
        self._page.show_progress(words)

    def _end(self) -> None:
        self._busy = False
        self._page.show_progress("")


def _words(code: str, error: BaseException) -> str:
    """The sentence at the field; what is said of work that waits does not fit somebody who is not signed in."""
    if code == "offline":
        return tr("The server cannot be reached: check the address and the network, then sign in again.")
    return sentence(error)
