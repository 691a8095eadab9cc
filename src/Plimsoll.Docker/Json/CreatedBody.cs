namespace Plimsoll.Docker;

internal sealed record CreatedBody(string? Id);
