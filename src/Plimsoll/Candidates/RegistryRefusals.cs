using Plimsoll.Registry;

namespace Plimsoll.Candidates;

/// <summary>Puts a registry's "no" into a reason that is stored. Pure.</summary>
internal static class RegistryRefusals
{
    public static string Code(RegistryException problem) => problem.Failure switch
    {
        RegistryFailure.NotFound => "image-not-found",
        RegistryFailure.Unauthorized or RegistryFailure.Denied => "registry-refused",
        RegistryFailure.RateLimited => "registry-cooling-down",
        RegistryFailure.Unreachable => "registry-unreachable",
        _ => "registry-answer-unusable",
    };

    public static RefusedSighting From(RegistryException problem, ImageReference reference, CandidateTrigger trigger, string? deliveryId) =>
        new(reference.Name, reference.Tag ?? "", trigger, problem.IsTransient ? Verdict.Wait : Verdict.Skip, Code(problem), problem.Message, deliveryId);
}
