using Microsoft.AspNetCore.Http.Metadata;

namespace Plimsoll.Access.Api;

/// <summary>Addresses that strangers may write to take no more than a form's worth.</summary>
internal sealed class BodyLimit : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => 16 * 1024;
}
