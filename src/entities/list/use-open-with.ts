import { useNavigate } from 'react-router';
import { handOver, type Handover } from '~/data/handover';

/** Opens a wizard with what was selected. Only the wizard at this path gets it. */
export function useOpenWith(): (to: string, value: Handover) => void {
  const navigate = useNavigate();
  return (to, value) => {
    handOver(to, value);
    void navigate(to);
  };
}
