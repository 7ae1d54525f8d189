"""A passkey is added and then is all that is needed to sign in, under the policy that lets no inline script run."""

import pytest


@pytest.fixture
def page(chromium, running):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"http://localhost:{running.home.port}/")
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    context.close()


def test_signing_in_by_passkey_alone(page, running):
    refused = []
    page.on(
        "console",
        lambda message: refused.append(message.text) if "Content Security" in message.text else None,
    )
    at = f"http://localhost:{running.home.port}"
    password = running.seed("with_password", name="analyst")
    page.goto(f"{at}/account/login/")
    page.fill("[name=login]", "analyst@lab.test")
    page.fill("[name=password]", password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/account/2fa/**")
    page.goto(f"{at}/your-account/")
    assert "/account/2fa/" in page.url, "nothing else opens before there is a second factor"

    page.goto(f"{at}/account/2fa/webauthn/add/")
    # such a change asks for the password once more
    page.fill("[name=password]", password)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/webauthn/add/**")
    page.fill("[name=name]", "My laptop")
    page.check("[name=passwordless]")
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/recovery-codes/**")
    page.goto(f"{at}/your-account/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{at}/")

    page.goto(f"{at}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/requests/")
    assert page.get_by_role("heading", name="You work for the lab").is_visible()
    assert refused == []
    kinds = [kind for (kind,) in running.asked("select kind from audit_event order by number desc limit 6")]
    assert kinds.count("signed in") == 2
    assert "second factor added" in kinds
