"""The sign-in page: server, user, password, and a passphrase where there is no keyring. Problems stand at the field they are about."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desk_client.ui.i18n import tr
from desk_client.ui.theme import look
from desk_client.ui.tokens import Space, Tone
from desk_client.ui.widgets import Action, Banner, Button, Field, Heading, Kind, Secondary, column, row
from desk_client.ui.workarea import WorkPage

_WIDTH = 400
LEAST_PASSPHRASE = 8


class SignInPage(WorkPage):
    """``submit`` fires when the person is done; what was typed stays whatever comes of it; paste is allowed (41)."""

    def __init__(self) -> None:
        super().__init__()
        self.submit = Action(tr("Sign in"), parent=self)
        self.submit.setObjectName("sign_in")
        self.banner = Banner()
        self._heading = Heading(tr("Sign in"))
        self._lead = Secondary("", wrap=True)
        self.server = Field(tr("Server"), placeholder=tr("https://desk.example.org"), required=True)
        self.user = Field(tr("User name"), required=True)
        self.password = Field(tr("Password"), required=True, secret=True)
        self.passphrase = Field(tr("Passphrase of this computer's files"), required=True, secret=True)
        self.again = Field(tr("The same passphrase again"), required=True, secret=True)
        self._progress = Secondary("", wrap=True)
        self._build()
        for name, field in self.fields().items():
            field.editor.setObjectName(f"sign_in_{name}")
            field.editor.returnPressed.connect(self.submit.trigger)
        self.ask_passphrase(asked=False)
        self.show_sign_in()

    def fields(self) -> dict[str, Field]:
        """The fields by name, in reading order."""
        return {
            "server": self.server,
            "user": self.user,
            "password": self.password,
            "passphrase": self.passphrase,
            "again": self.again,
        }

    # --- what is asked ---------------------------------------------------------------------------------------------------

    def show_sign_in(self) -> None:
        """Everything is asked."""
        self._heading.setText(tr("Sign in"))
        self._lead.setText(tr("With the name and the password that your administrator gave you."))
        self.submit.setText(tr("Sign in"))
        for field in (self.server, self.user, self.password):
            field.show()

    def show_unlock(self, user: str) -> None:
        """Only the passphrase is asked: somebody is signed in, but the files are locked."""
        self._heading.setText(tr("Open the files of {user}", user=user) if user else tr("Open your files"))
        self._lead.setText(tr("This computer has no usable keyring, so the passphrase is asked for at each start."))
        self.submit.setText(tr("Open"))
        for field in (self.server, self.user, self.password):
            field.hide()
        self.ask_passphrase(asked=True)

    def ask_passphrase(self, *, asked: bool, twice: bool = False) -> None:
        """Ask for the passphrase that locks the local files; ``twice`` when it is chosen now."""
        label = (
            tr("Choose a passphrase for this computer's files") if twice else tr("Passphrase of this computer's files")
        )
        self.passphrase.set_label(label)
        self.passphrase.setVisible(asked)
        self.again.setVisible(asked and twice)

    @property
    def asks_passphrase(self) -> bool:
        """True while a passphrase is asked for."""
        return not self.passphrase.isHidden()

    @property
    def asks_twice(self) -> bool:
        """True while a new passphrase is asked for."""
        return not self.again.isHidden()

    # --- what is said ----------------------------------------------------------------------------------------------------

    def complain(self, name: str, sentence: str) -> None:
        """Say what would be right at a field, and put the cursor there; without a field, on top."""
        field = self.fields().get(name)
        if field is None or field.isHidden():
            self.banner.show_message(Tone.LATE, sentence)
            return
        field.set_error(sentence)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.editor.selectAll()

    def tell(self, tone: Tone, sentence: str) -> None:
        """Say something that is about no field."""
        self.banner.show_message(tone, sentence)

    def show_progress(self, words: str) -> None:
        """What is being done now; empty when nothing is."""
        self._progress.setText(words)

    def clear_errors(self) -> None:
        """A new try begins."""
        self.banner.clear()
        for field in self.fields().values():
            field.set_error("")

    @property
    def typing(self) -> bool:
        """True while the cursor is in a field and something was typed."""
        editors = [field.editor for field in self.fields().values() if not field.isHidden()]
        return any(editor.hasFocus() for editor in editors) and any(editor.isModified() for editor in editors)

    def take_focus(self) -> None:
        """Put the cursor into the first field that is empty."""
        shown = [field for field in self.fields().values() if not field.isHidden()]
        target = next((field for field in shown if not field.text()), shown[-1])
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        middle = QWidget()
        middle.setMaximumWidth(look().scaled(_WIDTH))
        form = column(middle, spacing=Space.M)
        form.addWidget(self._heading)
        form.addWidget(self._lead)
        form.addWidget(self.banner)
        for field in self.fields().values():
            form.addWidget(field)
        go = row(spacing=Space.M)
        go.addWidget(Button(self.submit, Kind.PRIMARY, large=True))
        go.addWidget(self._progress, 1)
        form.addSpacing(Space.XS)
        form.addLayout(go)
        across = row()
        across.addStretch(1)
        across.addWidget(middle, 8)
        across.addStretch(1)
        layout = column(self, margins=(Space.XL, Space.XL, Space.XL, Space.M))
        layout.addStretch(1)
        layout.addLayout(across)
        layout.addStretch(2)
