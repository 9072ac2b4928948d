"""The list of call backs that are owed."""

from desk_client.ui.callbacks.presenter import CallBackPresenter

__all__ = ["CallBackPresenter"]
