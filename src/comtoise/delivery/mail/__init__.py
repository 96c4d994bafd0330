"""The mail channel: composing, addressing, handing over."""

from comtoise.delivery.mail.compose import MailSettings, compose
from comtoise.delivery.mail.links import Links
from comtoise.delivery.mail.server import SmtpServer
from comtoise.delivery.mail.smtp import SmtpChannel

__all__ = ["Links", "MailSettings", "SmtpChannel", "SmtpServer", "compose"]
