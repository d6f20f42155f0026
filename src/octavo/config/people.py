"""Groups of settings about people: accounts and how they sign in, the discussion."""

from typing import Literal

from pydantic import Field, SecretStr, field_validator

from octavo.config.groups import Group, Secret


class ProviderSettings(Group):
    """A provider of identities (OpenID Connect Core 1.0) people may sign in with."""

    key: str = Field(pattern=r"^[a-z0-9-]{1,30}$", description="What it is called in addresses, such as keycloak.")
    label: str = Field(description="What it is called on the sign-in page.")
    issuer: str = Field(description="Its issuer: the address its configuration is found under.")
    client_id: str = Field(description="What this instance is called there.")
    secret: Secret = Field(SecretStr(""), description="Its secret there; none for a public client.")
    secret_name: str = Field(
        "", pattern=r"^[A-Za-z0-9._-]*$", description="File in secrets_dir that holds the secret, instead of it."
    )
    sign_up: bool = Field(True, description="Whether those it vouches for get an account without an invitation.")


class AccountSettings(Group):
    """Who may have an account, and for how long a sign-in holds."""

    sign_up: Literal["open", "invitation", "closed"] = Field(
        "invitation", description="Who may make an account: anybody, those invited, nobody."
    )
    email: Literal["optional", "required"] = Field("optional", description="Whether an account needs an address.")
    session_days: int = Field(60, ge=1, le=400, description="Days a sign-in holds after it was last used.")
    session_most_days: int = Field(365, ge=1, description="Days a sign-in holds at most, however often it is used.")
    grave_minutes: int = Field(
        15, ge=1, description="Minutes after which what is grave (deleting, new keys) asks for the password again."
    )
    second_factor: Literal["offered", "demanded"] = Field(
        "offered",
        description="Codes from an authenticator. demanded: moderators, editors and owners may do what readers may, "
        "and no more, until theirs are on, by every door.",
    )
    tries_an_hour: int = Field(30, ge=1, description="Failed sign-ins an hour from one network, and for one account.")
    sign_ups_an_hour: int = Field(10, ge=1, description="New accounts an hour from one network.")
    sign_up_seconds: int = Field(
        2, ge=0, description="Seconds a person takes to fill in the form for an account; programs are faster."
    )
    password_memory_kib: int = Field(47_104, ge=7_168, description="Memory argon2id takes for one password, in KiB.")
    providers: tuple[ProviderSettings, ...] = Field((), description="OpenID Connect providers to sign in with.")

    @field_validator("providers")
    @classmethod
    def _once(cls, given: tuple[ProviderSettings, ...]) -> tuple[ProviderSettings, ...]:
        if len({one.key for one in given}) < len(given):
            raise ValueError("two providers have the same key")
        return given


class CommentSettings(Group):
    """The discussion under articles and stories."""

    open: bool = Field(True, description="Whether there are comments at all.")
    longest: int = Field(5_000, ge=200, le=20_000, description="Characters of the longest comment.")
    longest_quote: int = Field(600, ge=50, le=2_000, description="Characters of the longest passage that is quoted.")
    edit_minutes: int = Field(15, ge=0, le=1_440, description="Minutes in which a comment's author may edit it.")
    a_minute: int = Field(5, ge=1, description="Comments a minute from one account.")
    an_hour: int = Field(60, ge=1, description="Comments an hour from one account.")
    votes_an_hour: int = Field(600, ge=1, description="Votes an hour from one account.")
    new_links: int = Field(0, ge=0, description="Links in a new account's comment that need no moderator.")
    most_links: int = Field(4, ge=0, description="Links any comment may have without waiting.")
    same_an_hour: int = Field(
        2, ge=1, description="Comments with the same words, or to the same host, new accounts may post in an hour."
    )
    new_in_ten_minutes: int = Field(
        12, ge=1, description="Comments of new accounts in ten minutes, all over the site, after which they wait."
    )
    reports_hold: int = Field(3, ge=1, description="Readers whose reports hide a comment until a moderator decides.")
    reports_an_hour: int = Field(20, ge=1, description="Reports an hour from one account.")
    classifier: str = Field(
        "off", description="Who looks at comments besides the rules: off, learned (from moderators here), model."
    )
    classifier_sure: float = Field(
        0.95, ge=0.5, le=1.0, description="How sure it must be that a comment is not wanted to send it to moderators."
    )
    an_hour_a_network: int = Field(120, ge=1, description="Comments an hour from one network, of all its accounts.")
