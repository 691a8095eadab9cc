namespace Plimsoll.Access;

/// <summary>How a request proved who sends it.</summary>
internal enum SignInWay
{
    Session,
    Password,
    Token,
}
