"""Settings of mail: the server letters are handed to, who they come from, how long they are tried."""

from typing import Literal

from pydantic import Field, SecretStr

from octavo.config.groups import Group, Secret


class MailSettings(Group):
    """Mail that is sent: to confirm addresses, for new passwords, and digests. None is where no server is named."""

    server: str = Field(
        "", pattern=r"^[A-Za-z0-9.:-]*$", description="Name or address of the server that takes mail (SMTP), if any."
    )
    port: int = Field(587, ge=1, le=65535, description="Its port: 587 for starttls, 465 for tls, as a rule.")
    tls: Literal["starttls", "tls", "none"] = Field(
        "starttls",
        description="How the way there is made secret. starttls: after a greeting, and not without; tls: from the "
        "beginning; none: not at all, and no password is sent but to this machine.",
    )
    ca_file: str = Field("", description="PEM file of the authority that vouches for it; empty: the system's.")
    user: str = Field("", description="Name to sign in there with; empty: without signing in.")
    password: Secret = Field(SecretStr(""), description="The password to it.")
    password_name: str = Field(
        "", pattern=r"^[A-Za-z0-9._-]*$", description="File in secrets_dir that holds the password, instead of it."
    )
    sender: str = Field("", description="Whom letters come from: news@example.org, or Example News <news@example.org>.")
    timeout_s: float = Field(20.0, gt=0, description="Seconds for each answer of the server.")
    a_minute: int = Field(60, ge=1, description="Letters handed over in a minute, at most: providers have limits.")
    days: int = Field(3, ge=1, le=30, description="Days a letter is tried again before it is given up.")
