"""Signon, GOV.UK's sign-in for staff: OAuth 2 with PKCE, what it tells about people, its pushes.

`client` speaks to it, `users` keeps what it says, `bearer` checks the tokens of API users.

Source: alphagov/gds-sso `lib/omniauth/strategies/gds.rb`, `lib/gds-sso/user.rb`;
alphagov/signon `app/presenters/user_oauth_presenter.rb`.
"""
